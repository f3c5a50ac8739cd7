using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.EndToEnd;

public sealed class StandaloneTests : IDisposable
{
    private static readonly TimeSpan UntilUp = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UntilAlert = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan UntilEnded = TimeSpan.FromSeconds(10);
    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_ReplayedSpike_IsAnAlertInTheFileAndThePageAndTheTerminal()
    {
        var data = _folder.WriteSeries("boiler", 3_000, spikeAt: 2_500);
        await using var tidewatch = StandaloneProcess.Start(_folder.Path, data);
        await tidewatch.HealthyAsync(UntilUp, Cancel);
        var spike = await AlertAsync(tidewatch, r => r.Series == "replay/boiler" && r.Time == new DateTimeOffset(2014, 1, 2, 17, 40, 0, TimeSpan.Zero));

        await tidewatch.UntilAsync(
            async () => (await GetAsync(tidewatch, "api/v1/alerts?series=replay%2Fboiler&limit=1000")).GetProperty("alerts").EnumerateArray().Any(a => a.GetProperty("id").GetString() == spike.Id),
            UntilAlert, () => "the API does not list the alert", Cancel);
        await tidewatch.UntilAsync(
            async () => (await GetAsync(tidewatch, "api/v1/series/points?series=replay%2Fboiler&points=200")).GetProperty("value").EnumerateArray().Any(v => v.GetDouble() == 900),
            UntilAlert, () => "the spike is not among the points", Cancel);
        await tidewatch.UntilAsync(
            () => Task.FromResult(tidewatch.Output.Any(l => l.Contains("replay/boiler = 900", StringComparison.Ordinal))), UntilEnded, () => "the terminal does not show the alert", Cancel);
        tidewatch.Output.ShouldContain(l => l.Contains(tidewatch.Page.ToString().TrimEnd('/')));

        (await tidewatch.TerminateAsync(UntilEnded, Cancel)).ShouldBe(0);
        tidewatch.Errors.ShouldNotContain(l => l.Contains("Exception"));
    }

    [Fact]
    public async Task Run_TwiceOverOneFolder_AddsItsAlertsAndNoIdTwice()
    {
        var data = _folder.WriteSeries("boiler", 3_000, spikeAt: 2_500);
        for (var run = 0; run < 2; run++)
        {
            var before = AlertRow.Read(_folder.Path).Count;
            await using var tidewatch = StandaloneProcess.Start(_folder.Path, data);
            await tidewatch.HealthyAsync(UntilUp, Cancel);
            await tidewatch.UntilAsync(() => Task.FromResult(AlertRow.Read(_folder.Path).Count > before), UntilAlert, () => $"run {run} added no alert to the {before} of the file", Cancel);
            (await tidewatch.TerminateAsync(UntilEnded, Cancel)).ShouldBe(0);
        }

        AlertRow.Read(_folder.Path).Select(r => r.Id).ShouldBeUnique();
    }

    [Fact]
    public async Task Start_PortTaken_SaysSoInOneLineAndEndsWithOne()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        await using var tidewatch = StandaloneProcess.Start(_folder.Path, port: port);
        (await tidewatch.EndAsync(UntilUp, Cancel)).ShouldBe(1);
        tidewatch.Errors.Count.ShouldBe(1);
        tidewatch.Errors.Single().ShouldContain($"Port {port} is taken");
        tidewatch.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_SettingsThatDoNotExist_AreAllNamedAndItEndsWithTwo()
    {
        await using var tidewatch = StandaloneProcess.Start(_folder.Path, data: "/nowhere.csv", settings: [("Api__MaxSerie", "5"), ("Detektor__Window", "9")]);
        (await tidewatch.EndAsync(UntilUp, Cancel)).ShouldBe(2);
        var errors = string.Join('\n', tidewatch.Errors);
        errors.ShouldContain("Api:MaxSerie");
        errors.ShouldContain("Detektor");
        errors.ShouldContain("/nowhere.csv");
    }

    [Fact]
    public async Task Run_MachineTemperature_AlertsInsideEveryLabelledWindow()
    {
        const string file = "nab/data/realKnownCause/machine_temperature_system_failure.csv";
        if (ServerFolder.Data(file) is not { } data || ServerFolder.Data("nab/labels/combined_windows.json") is not { } labels)
        {
            Assert.Skip("the labelled data set NAB is not there: set SERVERS to a folder that has data/nab");
            return;
        }

        var windows = JsonDocument.Parse(await File.ReadAllBytesAsync(labels, Cancel)).RootElement.GetProperty("realKnownCause/machine_temperature_system_failure.csv")
            .EnumerateArray().Select(w => (From: Time(w[0]), To: Time(w[1]))).ToList();
        windows.Count.ShouldBe(4);
        await using var tidewatch = StandaloneProcess.Start(_folder.Path, data);
        await tidewatch.HealthyAsync(UntilUp, Cancel);
        foreach (var (from, to) in windows)
        {
            await AlertAsync(tidewatch, r => r.Series == "replay/machine_temperature_system_failure" && r.Time >= from && r.Time <= to);
        }

        (await tidewatch.TerminateAsync(UntilEnded, Cancel)).ShouldBe(0);
    }

    private static DateTimeOffset Time(JsonElement text) =>
        DateTimeOffset.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);

    private static async Task<AlertRow> AlertAsync(StandaloneProcess tidewatch, Func<AlertRow, bool> wanted)
    {
        AlertRow? found = null;
        await tidewatch.UntilAsync(
            () => Task.FromResult((found = AlertRow.Read(tidewatch.Folder).FirstOrDefault(wanted)) is not null), UntilAlert,
            () => $"the alert is not among {string.Join('\n', AlertRow.Read(tidewatch.Folder))}", Cancel);
        return found!;
    }

    private static async Task<JsonElement> GetAsync(StandaloneProcess tidewatch, string path) =>
        JsonDocument.Parse(await tidewatch.Client.GetStringAsync(path, Cancel)).RootElement.Clone();
}
