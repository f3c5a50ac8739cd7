using Shouldly;
using Tidewatch.Faults.Oracle;
using Xunit;

namespace Tidewatch.Faults.Report;

public sealed class MatrixPartTests
{
    [Fact]
    public async Task ReadAll_RowsOfTwoRuns_GivesAPageThatNamesBoth()
    {
        var folder = Directory.CreateTempSubdirectory("tidewatch-parts-").FullName;
        await Part("make faults ROWS=2", "2", lost: 0).WriteAsync(folder);
        await Part("make faults ROWS=1", "1", lost: 3).WriteAsync(folder);
        await Part("make faults ROWS=1 KILLS=7", "1", lost: 0).WriteAsync(folder);

        var page = MatrixReport.Of(MatrixPart.ReadAll(folder));

        page.ShouldContain("2 runs:\n`make faults ROWS=1 KILLS=7` (1),\n`make faults ROWS=2` (2).");
        page.ShouldContain("| 1 | row 1 | 4 | 1,000 | 50 | 0 | 2 | 9 equal | 12 links, unbroken | 1.5 s | 1.5 s | 0 (a remark) |\n| 2 | row 2 |");
        page.ShouldContain("| 3b | not run: SIGSTOP for a minute and a half, then SIGCONT: it lasts for minutes, which LONG=1 asks for |");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void ReadAll_EmptyFolder_SaysWhatFillsIt() =>
        Should.Throw<InvalidOperationException>(() => MatrixPart.ReadAll("nowhere")).Message.ShouldContain("make faults PARTS=nowhere");

    private static MatrixPart Part(string command, string number, int lost)
    {
        var verdict = Verdict.None with { Records = 1_000, Alerts = 50, Letters = 5, Lost = lost, Duplicated = 2, Hashes = 9, Links = 12 };
        return new MatrixPart(command, new RowResult(number, $"row {number}", 4, verdict, [TimeSpan.FromSeconds(1.5)], [], "a remark", TimeSpan.FromMinutes(2), ""));
    }
}
