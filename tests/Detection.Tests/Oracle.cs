using System.Globalization;

namespace Tidewatch.Detection.Tests;

/// <summary>Golden values under tests/oracles; make_oracles.py there says how they were made.</summary>
internal static class Oracle
{
    /// <summary>A column of a file; an empty cell is NaN.</summary>
    public static double[] Column(string file, string column)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "oracles", file + ".csv"));
        var index = Array.IndexOf(lines[0].Split(','), column);
        return [.. lines.Skip(1).Select(l => l.Split(',')[index]).Select(c => c.Length == 0 ? double.NaN : double.Parse(c, CultureInfo.InvariantCulture))];
    }

    /// <summary>The 500 x 3 table, row-major.</summary>
    public static double[] Table()
    {
        double[][] columns = [Column("table", "x0"), Column("table", "x1"), Column("table", "x2")];
        return [.. Enumerable.Range(0, columns[0].Length).SelectMany(i => columns.Select(c => c[i]))];
    }

    /// <summary>The series of 1,500 values: season 24, spike at 400, flat 700-711, level shift at 1000, shape change 1200-1223.</summary>
    public static double[] Series() => Column("series", "value");

    /// <summary>Area under the ROC curve by rank sum, ties at half.</summary>
    public static double RocAuc(double[] labels, double[] scores)
    {
        var positives = scores.Where((_, i) => labels[i] > 0).ToArray();
        var negatives = scores.Where((_, i) => labels[i] <= 0).ToArray();
        return positives.Sum(p => negatives.Sum(n => p > n ? 1 : p == n ? 0.5 : 0)) / positives.Length / negatives.Length;
    }

    public static double Spearman(double[] a, double[] b) => Pearson(Ranks(a), Ranks(b));

    public static double Pearson(double[] a, double[] b)
    {
        var (ma, mb) = (a.Average(), b.Average());
        var covariance = a.Zip(b, (x, y) => (x - ma) * (y - mb)).Sum();
        return covariance / Math.Sqrt(a.Sum(x => (x - ma) * (x - ma)) * b.Sum(y => (y - mb) * (y - mb)));
    }

    /// <summary>Largest |actual - expected| relative to max(1, |expected|).</summary>
    public static double WorstError(double[] expected, double[] actual) => expected.Zip(actual, (e, a) => Math.Abs(e - a) / Math.Max(1, Math.Abs(e))).Max();

    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Length];
        for (var i = 0; i < order.Length; i++)
        {
            ranks[order[i]] = i;
        }

        return ranks;
    }
}
