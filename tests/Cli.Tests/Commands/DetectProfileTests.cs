using System.Globalization;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Engine;
using Tidewatch.Engine.Settings;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

/// <summary><c>tidewatch detect --profile</c> says what the service says.</summary>
public sealed class DetectProfileTests : IDisposable
{
    private const string Series = "plant/pump";
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("auto")]
    [InlineData("hosts")]
    public async Task Detect_Profile_ScoresAsTheServicesEngine(string profile)
    {
        var file = _folder.WriteSeries("pump", 1_500, 1_200);
        var (exit, output, errors) = await CommandLine.RunAsync("detect", file, "--profile", profile, "--series", Series, "--all", "--output", "csv");
        (exit, errors).ShouldBe((0, ""));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(l => l.Split(',')).ToArray();
        var (alerts, points) = Run(file, new EngineSettings { Profile = profile, ScoreInterval = TimeSpan.Zero });
        lines.Select(l => l[3]).ShouldBe(points.Select(p => p.Score.ToString(CultureInfo.InvariantCulture)));
        lines[1_200][4].ShouldNotBe("none");
        alerts.ShouldContain(a => a.Value == 900 && a.State == AlertState.Opened);
    }

    [Fact]
    public async Task Detect_ProfileOfSeveralValues_ExpectsWhatItShows()
    {
        var file = Path.Combine(_folder.Path, "two.csv");
        await File.WriteAllLinesAsync(file, ["cold,hot", .. Enumerable.Range(0, 400).Select(i => $"{i % 7},{1_000 + (i % 11) + (i > 380 ? 400 : 0)}")], TestContext.Current.CancellationToken);
        var (exit, output, errors) = await CommandLine.RunAsync("detect", file, "--set", "Detector=z-score", "--all", "--output", "csv");
        (exit, errors).ShouldBe((0, ""));
        var rows = output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)[1..].Select(l => l.Split(',')).ToArray();
        rows.ShouldContain(r => r[4] != "none");
        rows.ShouldContain(r => r[6].Length > 0);
        rows.ShouldAllBe(r => r[6].Length == 0 || double.Parse(r[6], CultureInfo.InvariantCulture) < 100);
    }

    [Fact]
    public async Task Detect_ThresholdBesideAProfile_SaysHow()
    {
        var (exit, _, errors) = await CommandLine.RunAsync("detect", _folder.WriteSeries("pump", 10, 5), "--profile", "auto", "--threshold", "0.7");
        exit.ShouldBe(2);
        errors.ShouldContain("--threshold does not go with --profile");
        (exit, _, errors) = await CommandLine.RunAsync("detect", _folder.WriteSeries("pump", 10, 5), "--set", "Refractory=-5");
        exit.ShouldBe(2);
        errors.ShouldContain("Refractory");
    }

    private static (List<Alert> Alerts, List<ScorePoint> Points) Run(string file, EngineSettings settings)
    {
        var output = new Output();
        var engine = new SeriesEngine(new EngineScope("id", "topic", 0, "hosts"), new EngineRules(settings));
        var offset = 0;
        foreach (var cells in File.ReadLines(file).Skip(1).Select(l => l.Split(',')))
        {
            var time = new DateTimeOffset(DateTime.Parse(cells[0], CultureInfo.InvariantCulture), TimeSpan.Zero);
            var observation = new Observation { Series = Series, Time = time, Value = double.Parse(cells[1], CultureInfo.InvariantCulture) };
            engine.Apply(new Contracts.Processing.InputRecord(offset++, time.ToUnixTimeMilliseconds(), default, ObservationCodec.Encode(observation)), output);
        }

        return (output.Alerts, output.Points);
    }

    private sealed class Output : Contracts.Processing.IPartitionOutput
    {
        public List<Alert> Alerts { get; } = [];

        public List<ScorePoint> Points { get; } = [];

        public bool IsLive => true;

        public void Emit(Alert alert) => Alerts.Add(alert);

        public void Emit(ScorePoint point) => Points.Add(point);

        public void Reject(string stage, string code, string message) => throw new InvalidOperationException(message);
    }
}
