using System.Globalization;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Data;

/// <summary>Times as people have them, and rows in any order: what is not taken as it stands is named.</summary>
public sealed class OddTimesTests : IDisposable
{
    private static readonly DateTimeOffset First = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ScratchFolder _folder = new();

    public static TheoryData<string> Forms => ["yyyy-MM-ddTHH:mm:ssZ", "yyyyMMddTHHmmss", "dd.MM.yyyy HH:mm", "MM/dd/yyyy HH:mm", "unix 1", "unix 1000", "unix 1000000", "unix 1000000000"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Stats_EveryForm_IsTheSameSpan(string form)
    {
        var (exit, output, errors) = await CommandLine.RunAsync("dataset", "stats", File(form), "--output", "csv");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldContain(",2024-03-01T00:00:00Z,2024-03-01T16:35:00Z,300,1,0,");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Detect_EveryForm_NamesTheSameTime(string form)
    {
        var (exit, output, errors) = await CommandLine.RunAsync("detect", File(form), "--detector", "z-score", "--output", "csv");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldContain("152,2024-03-01T12:30:00Z,99,");
    }

    [Theory]
    [InlineData("detect")]
    [InlineData("train")]
    public async Task Rows_OutOfOrder_AreCounted(string command)
    {
        var lines = Lines("yyyy-MM-ddTHH:mm:ssZ");
        (lines[50], lines[51], lines[80], lines[81]) = (lines[51], lines[50], lines[81], lines[80]);
        var file = Write(lines);
        string[] model = command == "train" ? ["--model", Path.Combine(_folder.Path, "m.twm")] : [];
        var (exit, _, errors) = await CommandLine.RunAsync([command, file, "--detector", "z-score", "--output", "json", .. model]);
        exit.ShouldBe(0, errors);
        errors.ShouldContain($"{file}:53: column 'time': '2024-03-01T04:10:00Z' is not in the order of time; there are 2 such rows");
    }

    [Fact]
    public async Task Detect_ToCsv_CountsRowsWithoutAValue()
    {
        var file = Write([.. Lines("unix 1"), "1709400000,", "1709400300,"]);
        (await CommandLine.RunAsync("detect", file, "--detector", "z-score", "--output", "csv")).Errors.ShouldContain($"{file}: 2 rows without a value are passed over");
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Lines(string form) => [.. Enumerable.Range(0, 200).Select(i => $"{Text(First.AddMinutes(5 * i), form)},{(i == 150 ? 99 : i % 7)}")];

    private static string Text(DateTimeOffset time, string form) => form.Split(' ') is ["unix", var scale]
        ? (time.ToUnixTimeSeconds() * long.Parse(scale, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)
        : time.ToString(form, CultureInfo.InvariantCulture);

    private string File(string form) => Write(Lines(form));

    private string Write(string[] rows)
    {
        var path = Path.Combine(_folder.Path, "rows.csv");
        System.IO.File.WriteAllLines(path, ["time,value", .. rows]);
        return path;
    }
}
