using System.Globalization;
using System.Text.Json;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Engine.Settings;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Engine.Tests.Quality;

/// <summary>The defaults on real labelled files of NAB: alerts opened inside the labelled windows, and few outside.</summary>
public sealed class LabelledFileTests(ITestOutputHelper log)
{
    // Outside: at most one alert in a hundred observations; in the file that the product shows first, one in a thousand.
    [Theory]
    [InlineData("machine_temperature_system_failure", 2, 14)]
    [InlineData("ec2_request_latency_system_failure", 3, 20)]
    [InlineData("ambient_temperature_system_failure", 1, 20)]
    [InlineData("nyc_taxi", 2, 100)]
    public void Defaults_RealFile_AlertInsideTheWindowsAndFewOutside(string name, int leastWindows, int mostOutside)
    {
        var (inside, outside, windows, hit) = Judge($"realKnownCause/{name}.csv");
        log.WriteLine($"{name}: {hit} of {windows} windows, {inside} alerts inside, {outside} outside");

        hit.ShouldBeGreaterThanOrEqualTo(leastWindows);
        outside.ShouldBeLessThanOrEqualTo(mostOutside);
    }

    private static (int Inside, int Outside, int Windows, int Hit) Judge(string file)
    {
        var root = ServerFolder.Data("nab");
        if (root is null)
        {
            Assert.Skip("no labelled data: set SERVERS to a folder with data/nab");
        }

        var windows = JsonSerializer.Deserialize<Dictionary<string, string[][]>>(File.ReadAllText(Path.Combine(root, "labels/combined_windows.json")))![file]
            .Select(w => (From: Time(w[0]), To: Time(w[1]))).ToArray();
        var output = new RecordedOutput();
        var engine = new SeriesEngine(new EngineScope("id", "topic", 0, "replay"), new EngineRules(new EngineSettings()));
        var offset = 0L;
        foreach (var row in File.ReadLines(Path.Combine(root, "data", file)).Skip(1).Select(l => l.Split(',')))
        {
            var observation = new Observation { Series = file, Time = Time(row[0]), Value = double.Parse(row[1], CultureInfo.InvariantCulture) };
            engine.Apply(new InputRecord(offset++, observation.Time.ToUnixTimeMilliseconds(), default, ObservationCodec.Encode(observation)), output);
        }

        var opened = output.Alerts.Where(a => a.State == AlertState.Opened).Select(a => a.Time).ToArray();
        var inside = opened.Count(t => windows.Any(w => t >= w.From && t <= w.To));
        return (inside, opened.Length - inside, windows.Length, windows.Count(w => opened.Any(t => t >= w.From && t <= w.To)));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
