using System.Globalization;
using Shouldly;
using Tidewatch.Faults.Report;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Faults;

public sealed class FaultMatrixTests(ITestOutputHelper log)
{
    public static TheoryData<string> ShortRows => [.. FaultCatalog.All.Where(r => r.IsShort).Select(r => r.Number)];

    [Theory]
    [MemberData(nameof(ShortRows))]
    public async Task Row_Run_LosesNothingAndDoublesNothing(string number)
    {
        SkipWithoutServers();
        var row = FaultCatalog.Get(number);
        Assert.SkipWhen(row.Missing is not null, row.Missing ?? "");
        var result = await FaultRunner.RunAsync(row, FaultPlan.Short);
        log.WriteLine(result.ToString());
        result.Violations.ShouldBeEmpty($"{result}\n{result.Log}");
    }

    /// <summary><c>make faults</c>: ROWS (all; 7 stands for 7a, 7b and so on), KILLS of row 1, SEED, LONG (1: outages of minutes where the matrix says so), REPORT the page to write.</summary>
    [Fact(Explicit = true)]
    public async Task Matrix_EveryRow_IsWithoutViolation()
    {
        SkipWithoutServers();
        var plan = new FaultPlan(IsLong: true, Setting("KILLS", 200), Setting("SEED", 1), IsWide: Setting("LONG", 0) == 1);
        var results = new List<RowResult>();
        var missing = new Dictionary<string, string>(MatrixReport.NotRun, StringComparer.Ordinal);
        foreach (var row in FaultCatalog.Select(Environment.GetEnvironmentVariable("ROWS")))
        {
            if (row.Missing is { } why)
            {
                missing[row.Number] = $"{row.Name}: {why}";
                continue;
            }

            var result = await FaultRunner.RunAsync(row, plan);
            results.Add(result);
            Console.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {result}");
            if (Environment.GetEnvironmentVariable("REPORT") is { Length: > 0 } page)
            {
                await File.WriteAllTextAsync(page, MatrixReport.Of(results, missing, plan));
                await File.WriteAllTextAsync(Path.Combine(Path.GetTempPath(), $"tidewatch-row{row.Number}.log"), result.Log);
            }
        }

        results.SelectMany(r => r.Violations.Select(v => $"row {r.Number}: {v}")).ShouldBeEmpty();
    }

    [Fact]
    public void Rows_InTheCatalogue_HaveNumbersOfTheirOwnAndStandInOrder()
    {
        var numbers = FaultCatalog.All.Select(r => r.Number).ToList();
        numbers.ShouldBeUnique();
        numbers.ShouldBe(numbers.OrderBy(n => int.Parse(FaultCatalog.WithoutLetter(n), CultureInfo.InvariantCulture)).ThenBy(n => n, StringComparer.Ordinal));
        MatrixReport.NotRun.Keys.Intersect(numbers, StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static void SkipWithoutServers()
    {
        Assert.SkipWhen(KafkaServer.Script is null, KafkaServer.Missing);
        Assert.SkipWhen(RedisServer.Program is null, RedisServer.Missing);
    }

    private static int Setting(string name, int standard) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;
}
