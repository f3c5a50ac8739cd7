using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Notifier.Channels;
using Xunit;

namespace Tidewatch.Notifier.Tests.Channels;

public sealed class CsvChannelTests : IDisposable
{
    private const string Header = "time,series,value,z_score,type,severity,score,expected_lower,expected_upper,state,detector,id";
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task HandleAsync_Alerts_WritesARowEach()
    {
        await Lines.ToCsv(_folder).HandleAsync(SampleAlerts.Many(2));

        (await File.ReadAllTextAsync(_folder["alerts.csv"])).ShouldBe(
            $"{Header}\n" +
            $"2026-03-01T12:00:00.000Z,hosts/web-1/cpu,93.5,7.25,spike,moderate,0.97,10,30,opened,z-score,{SampleAlerts.Of(0).Id}\n" +
            $"2026-03-01T12:00:01.000Z,hosts/web-1/cpu,93.5,7.25,spike,moderate,0.97,10,30,opened,z-score,{SampleAlerts.Of(1).Id}\n");
    }

    [Fact]
    public async Task HandleAsync_OpenedUpdatedResolved_WritesOpenedAndUpdated()
    {
        var alerts = Enum.GetValues<AlertState>().Select((state, i) => SampleAlerts.Of(i) with { State = state });

        await Lines.ToCsv(_folder).HandleAsync(alerts);

        Rows().Select(r => r.Split(',')[9]).ShouldBe(["opened", "updated"]);
    }

    [Fact]
    public async Task HandleAsync_NoRangeNoZScore_LeavesFieldsEmpty()
    {
        await Lines.ToCsv(_folder).HandleAsync([SampleAlerts.Of(0) with { Expected = null, ZScore = null }]);

        Rows().Single().ShouldContain(",93.5,,spike,moderate,0.97,,,opened,");
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    public async Task HandleAsync_SeriesLikeAFormula_IsMadeText(string series, string written)
    {
        await Lines.ToCsv(_folder).HandleAsync([SampleAlerts.Of(0, series) with { Value = -5 }]);

        Rows().Single().ShouldContain($",\"{written}\",-5,");
    }

    [Fact]
    public async Task HandleAsync_SameBatchAgainAndAfterRestart_WritesOnce()
    {
        var running = Lines.ToCsv(_folder);
        await running.HandleAsync(SampleAlerts.Many(3).Concat(SampleAlerts.Many(2)));
        await running.HandleAsync(SampleAlerts.Many(4));

        await Lines.ToCsv(_folder).HandleAsync(SampleAlerts.Many(5));

        Rows().Length.ShouldBe(5);
    }

    [Fact]
    public async Task HandleAsync_CrashAtAnyByteThenTheBatchAgain_GivesTheSameFile()
    {
        var alerts = SampleAlerts.Many(2).Append(SampleAlerts.Of(2, "with \"quotes\", and a\nline break")).Append(SampleAlerts.Of(3)).ToList();
        await Lines.ToCsv(_folder).HandleAsync(alerts);
        var whole = await File.ReadAllBytesAsync(_folder["alerts.csv"]);

        for (var cut = 0; cut < whole.Length; cut++)
        {
            await File.WriteAllBytesAsync(_folder["alerts.csv"], whole[..cut]);
            await Lines.ToCsv(_folder).HandleAsync(alerts);
            (await File.ReadAllBytesAsync(_folder["alerts.csv"])).ShouldBe(whole, $"after a crash at byte {cut}");
        }
    }

    [Fact]
    public async Task HandleAsync_WriterKilledAgainAndAgain_EachAlertOnceAndWhole()
    {
        var file = _folder["alerts.csv"];
        for (var round = 1; round <= 5; round++)
        {
            using var writer = CsvWriterProcess.Start(_folder.Path);
            var before = File.Exists(file) ? new FileInfo(file).Length : 0;
            await Until.TrueAsync(() => File.Exists(file) && new FileInfo(file).Length > before + 20_000);
            writer.Kill();
            await writer.WaitForExitAsync();
        }

        await Lines.ToCsv(_folder).HandleAsync(SampleAlerts.Many(CsvWriterProcess.Alerts));

        Rows().Select(r => r.Split(',')[^1]).ShouldBe(SampleAlerts.Many(CsvWriterProcess.Alerts).Select(a => a.Id));
    }

    [Fact]
    public async Task SendAsync_FolderIsAFile_IsRetryable()
    {
        await File.WriteAllTextAsync(_folder["taken"], "");
        var channel = new CsvChannel(Microsoft.Extensions.Options.Options.Create(new Storage.OutputOptions { Folder = _folder["taken"] }));

        (await channel.SendAsync(new AlertGroup(SampleAlerts.Many(1)), default)).Outcome.ShouldBe(DeliveryOutcome.Retryable);
    }

    private string[] Rows() => File.ReadAllLines(_folder["alerts.csv"])[1..];
}
