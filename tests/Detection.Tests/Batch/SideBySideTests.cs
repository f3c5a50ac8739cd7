using Shouldly;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Batch;

/// <summary>What works on sixteen rows at once against the same sums taken one row, one value at a time: equal to the last bit.</summary>
public sealed class SideBySideTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 100)]
    [InlineData(16, 33)]
    [InlineData(37, 64)]
    [InlineData(70, 90)]
    public void Gaussian_ManyRows_IsThePlainFormulaToTheLastBit(int dimension, int count)
    {
        var rows = Rows(dimension, count, 7);
        var gaussian = new Gaussian(dimension);
        gaussian.Fit(new Table(rows, dimension), []);
        for (var i = 0; i < dimension; i++)
        {
            for (var j = 0; j < dimension; j++)
            {
                var (high, low, sum) = (Math.Max(i, j), Math.Min(i, j), 0.0);
                for (var k = 0; k < count; k++)
                {
                    sum += (rows[(k * dimension) + high] - gaussian.Mean[high]) * (1.0 / count) * (rows[(k * dimension) + low] - gaussian.Mean[low]);
                }

                gaussian.Covariance[(i * dimension) + j].ShouldBe(sum);
            }
        }

        gaussian.Factor(1e-3);
        var distances = new double[count];
        gaussian.SquaredDistances(rows, distances);
        for (var k = 0; k < count; k++)
        {
            distances[k].ShouldBe(gaussian.SquaredDistance(rows.AsSpan(k * dimension, dimension)));
        }
    }

    [Fact]
    public void Gaussian_FortyDimensions_TheFactorTimesItselfIsTheCovariance()
    {
        var rows = Rows(40, 300, 3);
        var gaussian = new Gaussian(40);
        gaussian.Fit(new Table(rows, 40), []);
        gaussian.Factor(0).ShouldBeTrue();
        var factor = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(40, 40, (i, j) => gaussian.Covariance[(i * 40) + j]).Cholesky();
        gaussian.LogDeterminant.ShouldBe(factor.DeterminantLn, 1e-9);
        var centered = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(40, j => rows[j] - gaussian.Mean[j]);
        gaussian.SquaredDistance(rows.AsSpan(0, 40)).ShouldBe(centered * factor.Solve(centered), 1e-9);
    }

    [Theory]
    [InlineData(2, 15)]
    [InlineData(3, 200)]
    [InlineData(50, 130)]
    public void Neighbors_Find_IsTheSortedScan(int dimension, int count)
    {
        var rows = Rows(dimension, count, 5);
        rows.AsSpan(0, dimension).CopyTo(rows.AsSpan(9 * dimension));
        var neighbors = new Neighbors(new SideBySide(new Table(rows, dimension)), 7);
        for (var row = 0; row < count; row++)
        {
            neighbors.Find(rows.AsSpan(row * dimension, dimension), row);
            var expected = Enumerable.Range(0, count).Where(i => i != row)
                .Select(i => (Row: i, Squared: Distance.Squared(rows.AsSpan(row * dimension, dimension), rows.AsSpan(i * dimension, dimension))))
                .OrderBy(p => p.Squared).Take(7).ToArray();
            neighbors.Rows.ShouldBe(expected.Select(p => p.Row));
            neighbors.Distances.ShouldBe(expected.Select(p => Math.Sqrt(p.Squared)));
        }
    }

    [Theory]
    [InlineData("knn")]
    [InlineData("lof")]
    [InlineData("dbscan")]
    public void FitScore_MoreRowsThanAreKept_RanksAsTheWholeTableDoes(string name)
    {
        var rows = Rows(3, 1_500, 11);
        for (var i = 0; i < 1_500; i += 50)
        {
            rows[3 * i] += 9 + (i / 100.0);
        }

        double[] Scores(DetectorOptions options)
        {
            var scores = new double[1_500];
            BatchCatalog.Get(name).Create(options, 1).FitScore(rows, 3, scores);
            return scores;
        }

        DetectorOptions few = name switch { "knn" => new KnnBatchOptions { MaxRows = 700 }, "lof" => new LofBatchOptions { MaxRows = 700 }, _ => new DbscanBatchOptions { MaxRows = 700 } };
        var (whole, drawn) = (Scores(BatchCatalog.Get(name).Defaults()), Scores(few));
        drawn.ShouldNotBe(whole);
        drawn.Select((s, i) => (s, i)).OrderByDescending(p => p.s).Take(25).Count(p => p.i % 50 == 0).ShouldBeGreaterThan(20);
    }

    private static double[] Rows(int dimension, int count, ulong seed)
    {
        var (random, rows) = (new SeededRandom(seed), new double[dimension * count]);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = random.NextNormal() + (i % dimension == 0 ? 3 : 0.4 * rows[i - 1]);
        }

        return rows;
    }
}
