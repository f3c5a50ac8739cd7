using Shouldly;
using Tidewatch.Detection.Drift;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Drift;

/// <summary>River's drift detectors on the same series, and what each promises of its state.</summary>
public sealed class DriftTests
{
    public static TheoryData<string> Names => [.. DriftCatalog.Create(1).Select(t => t.Name)];

    /// <summary>River empties its window after a drift; ours keeps the part after the cut, as the paper does, and may cut once more at the same step.</summary>
    [Fact]
    public void Adwin_StepAndSeries_DetectsWhereRiverDoes()
    {
        var step = Detections(new AdwinTest(new AdwinOptions()), Oracle.Column("step", "value"));
        step[0].ShouldBe(Golden("step_adwin_delta_0.002").Single());
        step.ShouldAllBe(i => i < 1100);
        Detections(new AdwinTest(new AdwinOptions()), Oracle.Series())[0].ShouldBe(Golden("adwin_delta_0.002").Single());
    }

    [Fact]
    public void PageHinkley_StepAndSeries_DetectsWhereRiverDoes()
    {
        Detections(new PageHinkleyTest(new PageHinkleyOptions()), Oracle.Column("step", "value")).ShouldBe(Golden("step_page_hinkley_defaults"));
        Detections(new PageHinkleyTest(new PageHinkleyOptions()), Oracle.Series()).ShouldBe(Golden("page_hinkley_min30_delta0.005_thr50_alpha0.9999"));
    }

    /// <summary>The samples are drawn by another generator than River's: the step must be found as quickly, false alarms stay as rare.</summary>
    [Fact]
    public void Kswin_Step_IsFoundAsQuicklyAsByRiver()
    {
        var river = Golden("step_kswin_alpha0.005_w100_s30_seed42");
        for (var seed = 0UL; seed < 10; seed++)
        {
            var found = Detections(new KswinTest(new KswinOptions(), seed), Oracle.Column("step", "value"));
            found.ShouldContain(i => i >= 1000 && i <= river.First(r => r >= 1000) + 10, $"seed {seed}: {string.Join(' ', found)}");
            found.Length.ShouldBeLessThanOrEqualTo(river.Length + 6);
        }
    }

    /// <summary>scipy.stats.ks_2samp(range(30), [x + 10 for x in range(30)]): D = 1/3, exact p = 0.0708.</summary>
    [Theory]
    [InlineData(30, 10, 0.07088795)]
    [InlineData(3, 3, 0.1)]
    [InlineData(5, 5, 0.0079365079365)]
    public void KolmogorovSmirnov_EqualSizes_IsExact(int n, int steps, double expected) => KolmogorovSmirnov.PValue(steps / (double)n, n).ShouldBe(expected, 1e-6);

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_Saved_ContinuesEqual(string name)
    {
        var (original, copy) = (Create(name), Create(name));
        var step = Oracle.Column("step", "value");
        for (var i = 0; i < 990; i++)
        {
            original.Update(step[i]);
            copy.Update(-i);
        }

        var writer = new StateWriter();
        original.Save(writer);
        var reader = new StateReader(writer.Written);
        copy.Load(ref reader);
        reader.Remaining.ShouldBe(0);
        for (var i = 990; i < step.Length; i++)
        {
            copy.Update(step[i]).ShouldBe(original.Update(step[i]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_DamagedBytes_ThrowsNothingButStateFormat(string name)
    {
        var original = Create(name);
        foreach (var value in Oracle.Column("step", "value").Take(700))
        {
            original.Update(value);
        }

        var writer = new StateWriter();
        original.Save(writer);
        var random = new SeededRandom(6);
        for (var round = 0; round < 400; round++)
        {
            var bytes = writer.Written.ToArray();
            bytes[random.Next(round % 2 == 0 ? 40 : bytes.Length)] = (byte)random.Next(256);
            var damaged = round % 5 == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
            try
            {
                var copy = Create(name);
                var reader = new StateReader(damaged);
                copy.Load(ref reader);
                for (var i = 0; i < 100; i++)
                {
                    copy.Update(i);
                }
            }
            catch (StateFormatException)
            {
                continue;
            }
        }
    }

    private static IDriftTest Create(string name) => DriftCatalog.Create(1).Single(t => t.Name == name);

    private static int[] Detections(IDriftTest test, double[] values) => [.. Enumerable.Range(0, values.Length).Where(i => test.Update(values[i]))];

    private static int[] Golden(string detector) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "oracles", "drift_detections.csv")).Select(l => l.Split(','))
            .Where(c => c[0] == detector).Select(c => int.Parse(c[1], System.Globalization.CultureInfo.InvariantCulture))];
}
