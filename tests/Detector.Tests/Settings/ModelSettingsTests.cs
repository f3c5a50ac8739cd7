using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Engine;
using Tidewatch.Engine.Offline;
using Tidewatch.ServiceDefaults;
using Tidewatch.TestKit;
using Xunit;
using DetectorSettings = Tidewatch.Detector.Settings.DetectorSettings;

namespace Tidewatch.Detector.Tests.Settings;

/// <summary>Models of one's own and ML.NET's, named in the service's settings.</summary>
public sealed class ModelSettingsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Validate_UnusableModelFiles_AreNamedAtTheStartAllTogether()
    {
        var errors = Should.Throw<ConfigurationException>(() => Bind(
            ("Profiles:0:Match", "a*"), ("Profiles:0:Detector", "onnx"),
            ("Profiles:1:Match", "b*"), ("Profiles:1:Detector", "onnx"), ("Profiles:1:Options:onnx:Path", File("text", "no model"u8.ToArray())),
            ("Profiles:2:Match", "c*"), ("Profiles:2:Detector", "onnx"), ("Profiles:2:Options:onnx:Path", File("batch", OnnxBytes.Linear([1], 0, 1, batch: 1))),
            ("Profiles:3:Match", "d*"), ("Profiles:3:Detector", "onnx"), ("Profiles:3:Options:onnx:Path", File("five", OnnxBytes.Linear([1, 1, 1, 1, 1], 0, 5))), ("Profiles:3:Options:onnx:Length", "3"),
            ("Profiles:4:Match", "e*"), ("Profiles:4:Detector", "onnx"), ("Profiles:4:Options:onnx:Path", File("names", OnnxBytes.Linear([1], 0, 1))), ("Profiles:4:Options:onnx:Input", "rows"),
            ("Profiles:5:Match", "f*"), ("Profiles:5:Detector", "randomized-pca"), ("Profiles:5:Options:randomized-pca:Rank", "0")).GetRequiredService<IStartupValidator>().Validate()).Errors;
        foreach (var part in new[] { "no ONNX model is named", "text.onnx is not an ONNX model", "input 'x' is Single[1, 1]", "rows of 5 values, which are no 3 observations", "has the inputs x, not 'rows'", "Rank must be between 1 and 100" })
        {
            errors.ShouldContain(e => e.Contains(part, StringComparison.Ordinal), part);
        }
    }

    /// <summary>The model's score is the value itself and 10 scores 0.5, so exactly the value above alarms.</summary>
    [Fact]
    public void Engine_OnnxModelOfAProfile_JudgesItsSeriesAlone()
    {
        var alerts = Run(Settings(("Profiles:0:Match", "own/*"), ("Profiles:0:Detector", "onnx"), ("Profiles:0:Options:onnx:Path", File("own", OnnxBytes.Linear([1], 0, null))), ("Profiles:0:Options:onnx:Half", "10")));

        var alert = alerts.ShouldHaveSingleItem();
        (alert.Series, alert.Detector, alert.Value, alert.Score).ShouldBe(("own/1", "onnx", 30, 0.75));
    }

    [Fact]
    public void Rules_OtherBytesInTheModelFile_AreOtherRules()
    {
        (string, string)[] settings = [("Detector", "onnx"), ("Options:onnx:Path", File("swapped", OnnxBytes.Linear([1], 0, null)))];
        var first = new EngineRules(Settings(settings)).ConfigHash;
        new EngineRules(Settings(settings)).ConfigHash.ShouldBe(first);
        File("swapped", OnnxBytes.Linear([2], 0, null));
        new EngineRules(Settings(settings)).ConfigHash.ShouldNotBe(first);
    }

    [Fact]
    public void Engine_RandomizedPca_IsThere() => new EngineRules(Settings(("Detector", "randomized-pca"), ("Options:randomized-pca:Rank", "2"))).MaxSeries.ShouldBePositive();

    private static List<Alert> Run(DetectorSettings settings)
    {
        var alerts = new List<Alert>();
        var run = new OfflineRun(new EngineScope("id", "topic", 0, "hosts"), new EngineRules(settings)) { OnAlert = alerts.Add };
        for (var i = 0; i < 40; i++)
        {
            var time = DateTimeOffset.UnixEpoch.AddMinutes(i / 2);
            var observation = new Observation { Series = i % 2 == 0 ? "own/1" : "other", Time = time, Value = i is 20 or 21 ? 30 : 3 };
            run.Apply(new OfflineRecord(i, time.ToUnixTimeMilliseconds(), [], ObservationCodec.Encode(observation)));
        }

        run.Complete();
        return [.. alerts.Where(a => a.State == AlertState.Opened)];
    }

    private static DetectorSettings Settings(params (string Key, string Value)[] settings) => Bind(settings).GetRequiredService<IOptions<DetectorSettings>>().Value;

    private static ServiceProvider Bind(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>($"Detector:{s.Key}", s.Value))).Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddDetector(configuration).BuildServiceProvider();
    }

    private string File(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, $"{name}.onnx");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }
}
