using System.Diagnostics;
using System.Globalization;
using System.Text;
using Shouldly;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Batch;

/// <summary>Batch forms against scikit-learn itself, on tables that no golden file was made for; skipped where no python3 has it.</summary>
public sealed class ScikitLearnTests
{
    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];
    private static readonly Lazy<string?> Python = new(() => Pythons.FirstOrDefault(p => Run(p, ["-c", "import sklearn"], "").Exit == 0));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(6, 3)]
    public void FitScore_RandomTable_AgreesWithScikitLearn(int dimension, ulong seed)
    {
        Assert.SkipWhen(Python.Value is null, "no python3 with scikit-learn: install python3-sklearn");
        var table = Table(dimension, seed);
        var input = new StringBuilder();
        for (var i = 0; i < table.Length; i++)
        {
            input.Append(table[i].ToString("R", CultureInfo.InvariantCulture)).Append((i + 1) % dimension == 0 ? '\n' : ',');
        }

        var (exit, output) = Run(Python.Value!, [Path.Combine(AppContext.BaseDirectory, "oracles", "sklearn_live.py")], input.ToString());
        exit.ShouldBe(0, output);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        double[] Column(string name) => [.. lines.Skip(1).Select(l => double.Parse(l.Split(',')[Array.IndexOf(lines[0].Split(','), name)], CultureInfo.InvariantCulture))];

        Oracle.WorstError(Column("lof"), Scores(new LofBatch(new LofBatchOptions(), 1))).ShouldBeLessThan(1e-9);
        Oracle.WorstError(Column("knn"), Scores(new KnnBatch(new KnnBatchOptions { Neighbors = 5 }, 1))).ShouldBeLessThan(1e-9);
        Oracle.WorstError(Column("pca"), Scores(new PcaBatch(new PcaBatchOptions { Variance = 1 }))).ShouldBeLessThan(1e-6);
        Oracle.WorstError(Column("one_class_svm"), Scores(new OneClassSvmBatch(new OneClassSvmBatchOptions { Nu = 0.05, Tolerance = 1e-5 }, 1))).ShouldBeLessThan(5e-3);
        Oracle.Spearman(Column("mcd"), Scores(new McdBatch(new McdBatchOptions(), 1))).ShouldBeGreaterThan(0.97);
        Oracle.Spearman(Column("gmm"), Scores(new GmmBatch(new GmmBatchOptions { Components = 2, Shrinkage = 0 }, 1))).ShouldBeGreaterThan(0.9);
        double[] noise = [.. Scores(new DbscanBatch(new DbscanBatchOptions { Radius = 1.2 }, 1)).Select(s => s > 1 ? 1.0 : 0)];
        noise.ShouldBe(Column("dbscan_noise"));
        noise.Sum().ShouldBeInRange(5, 395);
        var forests = Enumerable.Range(0, 8).Select(k => Scores(new IsolationForestBatch(new IsolationForestBatchOptions(), (ulong)k))).ToArray();
        Oracle.Spearman(Column("isolation_forest"), [.. forests[0].Select((_, i) => forests.Average(f => f[i]))]).ShouldBeGreaterThan(0.98);

        double[] Scores(IBatchDetector detector)
        {
            var scores = new double[table.Length / dimension];
            detector.FitScore(table, dimension, scores);
            return scores;
        }
    }

    /// <summary>Two correlated clouds of different size and some rows far out.</summary>
    private static double[] Table(int dimension, ulong seed)
    {
        var (random, rows) = (new SeededRandom(seed), new double[400 * dimension]);
        for (var row = 0; row < 400; row++)
        {
            var common = random.NextNormal();
            for (var column = 0; column < dimension; column++)
            {
                var center = row % 20 == 19 ? 8 * (random.NextDouble() - 0.5) : row % 5 == 0 ? 4 : 0;
                rows[(row * dimension) + column] = center + (0.6 * common) + random.NextNormal();
            }
        }

        return rows;
    }

    private static (int Exit, string Output) Run(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["OMP_NUM_THREADS"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, process.ExitCode == 0 ? output : errors.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
