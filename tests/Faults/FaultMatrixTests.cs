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

    /// <summary><c>make faults</c>: ROWS (all; 7 stands for 7a, 7b and so on), KILLS of row 1, SEED, LONG (1: rows of minutes too), REPORT the page to write, PARTS the folder for the outcome of each row.</summary>
    [Fact(Explicit = true)]
    public async Task Matrix_EveryRow_IsWithoutViolation()
    {
        SkipWithoutServers();
        var plan = new FaultPlan(IsLong: true, Number("KILLS", 200), Number("SEED", 1));
        var isWide = Number("LONG", 0) == 1;
        var command = $"make faults{(Text("ROWS") is { } rows ? $" ROWS={rows}" : "")} KILLS={plan.Kills} SEED={plan.Seed}{(isWide ? " LONG=1" : "")}";
        var parts = new List<MatrixPart>();
        foreach (var row in FaultCatalog.Select(Text("ROWS"), isWide))
        {
            if (row.Missing is { } why)
            {
                Console.WriteLine($"row {row.Number} is not run: {why}");
                continue;
            }

            var result = await FaultRunner.RunAsync(row, plan);
            Console.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {result}");
            await (result.Log.Length > 0 ? File.WriteAllTextAsync(Path.Combine(Path.GetTempPath(), $"tidewatch-row{row.Number}.log"), result.Log) : Task.CompletedTask);
            parts.Add(new MatrixPart(command, result with { Log = "" }));
            await (Text("PARTS") is { } folder ? parts[^1].WriteAsync(folder) : Task.CompletedTask);
            await (Text("REPORT") is { } page ? File.WriteAllTextAsync(page, MatrixReport.Of(parts)) : Task.CompletedTask);
        }

        parts.SelectMany(p => p.Result.Violations.Select(v => $"row {p.Result.Number}: {v}")).ShouldBeEmpty();
    }

    /// <summary><c>make faults-report</c>: the page REPORT of the outcomes in PARTS.</summary>
    [Fact(Explicit = true)]
    public async Task Report_OfParts_IsWritten()
    {
        var (folder, page) = (Text("PARTS"), Text("REPORT"));
        Assert.SkipWhen(folder is null || page is null, "only make faults-report asks for it");
        await File.WriteAllTextAsync(page, MatrixReport.Of(MatrixPart.ReadAll(folder)));
    }

    private static void SkipWithoutServers()
    {
        Assert.SkipWhen(KafkaServer.Script is null, KafkaServer.Missing);
        Assert.SkipWhen(RedisServer.Program is null, RedisServer.Missing);
    }

    private static int Number(string name, int standard) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;

    private static string? Text(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}
