using BenchmarkDotNet.Attributes;
using Tidewatch.Detection;

namespace Tidewatch.Benchmarks.Detectors;

/// <summary>Score and learn of every detector of the catalogue with its defaults, one feature.</summary>
[MemoryDiagnoser]
public class DetectorBenchmarks
{
    private readonly BenchmarkSeries _series = new(1);
    private IDetector _detector = null!;
    private int _next;

    public static IEnumerable<string> Names => DetectorCatalog.All.Select(e => e.Name);

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Warm()
    {
        _detector = DetectorSpeed.Warm(DetectorCatalog.Get(Name), _series, 1, ref _next);
    }

    [Benchmark]
    public double ScoreAndLearn() => DetectorSpeed.Step(_detector, _series, _next++);
}
