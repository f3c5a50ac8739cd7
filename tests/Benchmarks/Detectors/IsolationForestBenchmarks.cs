using BenchmarkDotNet.Attributes;
using Tidewatch.Detection.Detectors.Forests;
using Tidewatch.Detection.State;

namespace Tidewatch.Benchmarks.Detectors;

/// <summary>Scoring with 100 trees of 256 rows and 4 features: 1,000 rows at once, and one by one.</summary>
public class IsolationForestBenchmarks
{
    private const int Rows = 1_000;
    private readonly double[] _scores = new double[Rows];
    private readonly double[] _rows = new double[Rows * 4];
    private readonly IsolationForest _forest = new(100, 256, 4);

    [GlobalSetup]
    public void Fit()
    {
        var random = new SeededRandom(1);
        for (var i = 0; i < _rows.Length; i++)
        {
            _rows[i] = random.NextNormal();
        }

        _forest.Fit(_rows, new int[Rows], ref random);
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public void Batch() => _forest.Score(_rows, _scores);

    [Benchmark(OperationsPerInvoke = Rows)]
    public void RowByRow()
    {
        for (var i = 0; i < Rows; i++)
        {
            _scores[i] = _forest.Score(_rows.AsSpan(i * 4, 4));
        }
    }
}
