using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

/// <summary>What <c>tidewatch feedback</c> refuses before it speaks to a broker; <c>FeedbackTests</c> of the detector has the rest.</summary>
public sealed class FeedbackCommandTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string Alert => Path.Combine(_folder.Path, "alert.json");

    [Theory]
    [InlineData("'wrong' not recognized", "wrong", "--alert", "a")]
    [InlineData("one of the three", "falseAlarm")]
    [InlineData("one of the three", "falseAlarm", "--alert", "a", "--file", "b")]
    [InlineData("go together", "missed", "--series", "s", "--score", "0.4", "--domain", "hosts")]
    [InlineData("go together", "missed", "--alert", "a", "--time", "2026-01-31", "--score", "0.4", "--domain", "hosts")]
    [InlineData("--score '4' is not a number from 0 to 1", "missed", "--series", "s", "--score", "4", "--time", "2026-01-31", "--domain", "hosts")]
    [InlineData("--score 'many' is not a number", "missed", "--series", "s", "--score", "many", "--time", "2026-01-31", "--domain", "hosts")]
    [InlineData("--time 'soon' is not a time", "missed", "--series", "s", "--score", "0.4", "--time", "soon", "--domain", "hosts")]
    public async Task WrongUsage_IsTwoAndNamesIt(string problem, params string[] args)
    {
        var (exit, _, errors) = await CommandLine.RunAsync(["feedback", .. args]);
        exit.ShouldBe(2);
        errors.ShouldContain(problem, Case.Insensitive);
    }

    [Fact]
    public async Task File_ThatIsNoAlert_IsOneAndNamesIt()
    {
        await File.WriteAllTextAsync(Alert, """{"series":"s"}""", TestContext.Current.CancellationToken);
        var (exit, _, errors) = await CommandLine.RunAsync("feedback", "falseAlarm", "--file", Alert);
        exit.ShouldBe(1);
        errors.ShouldContain($"{Alert}: neither an alert nor a score point");
        (await CommandLine.RunAsync("feedback", "falseAlarm", "--file", Alert + "2")).Errors.ShouldContain("no such file");
    }

    [Fact]
    public async Task File_WithAResolvedAlert_AsksForTheOneThatOpenedIt()
    {
        var resolved = new Alert
        {
            Id = "a1", Key = "k", State = AlertState.Resolved, Series = "hosts/1", Domain = "hosts", Detector = "z-score", Time = DateTimeOffset.UnixEpoch, OpenedAt = DateTimeOffset.UnixEpoch,
            Value = 1, Score = 0.1, Threshold = 0.5, Severity = Severity.Mild, Direction = Direction.None, Reason = "normal again",
        };
        await File.WriteAllBytesAsync(Alert, AlertCodec.Encode(resolved), TestContext.Current.CancellationToken);
        var (exit, _, errors) = await CommandLine.RunAsync("feedback", "falseAlarm", "--file", Alert);
        exit.ShouldBe(2);
        errors.ShouldContain("alert a1 says that series hosts/1 is normal again");
    }

    public void Dispose() => _folder.Dispose();
}
