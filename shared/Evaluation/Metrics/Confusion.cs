namespace Tidewatch.Evaluation.Metrics;

/// <summary>The confusion matrix of a detector's flags and what follows from it. A share of nothing is 0, as scikit-learn's zero_division=0 has it.</summary>
public readonly record struct Confusion(long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    public double Precision => Share(TruePositives, TruePositives + FalsePositives);

    public double Recall => Share(TruePositives, TruePositives + FalseNegatives);

    public double F1 => Share(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives);

    public double Specificity => Share(TrueNegatives, TrueNegatives + FalsePositives);

    /// <summary>1 - specificity; SKAB's FAR.</summary>
    public double FalsePositiveRate => Share(FalsePositives, TrueNegatives + FalsePositives);

    /// <summary>1 - recall; SKAB's MAR.</summary>
    public double MissRate => Share(FalseNegatives, TruePositives + FalseNegatives);

    public double Accuracy => Share(TruePositives + TrueNegatives, TruePositives + FalsePositives + FalseNegatives + TrueNegatives);

    /// <summary>Matthews' correlation, -1 to 1.</summary>
    public double Matthews
    {
        get
        {
            var scale = Math.Sqrt((double)(TruePositives + FalsePositives) * (TruePositives + FalseNegatives)) * Math.Sqrt((double)(TrueNegatives + FalsePositives) * (TrueNegatives + FalseNegatives));
            return scale > 0 ? (((double)TruePositives * TrueNegatives) - ((double)FalsePositives * FalseNegatives)) / scale : 0;
        }
    }

    /// <summary>Counts flags against labels of equal length.</summary>
    public static Confusion Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> flags)
    {
        Equal.Lengths(labels.Length, flags.Length);
        var (tp, fp, fn, tn) = (0L, 0L, 0L, 0L);
        for (var i = 0; i < labels.Length; i++)
        {
            _ = (labels[i], flags[i]) switch
            {
                (true, true) => tp++,
                (false, true) => fp++,
                (true, false) => fn++,
                _ => tn++,
            };
        }

        return new Confusion(tp, fp, fn, tn);
    }

    public static Confusion operator +(Confusion a, Confusion b) => Add(a, b);

    public static Confusion Add(Confusion left, Confusion right) => new(
        left.TruePositives + right.TruePositives, left.FalsePositives + right.FalsePositives, left.FalseNegatives + right.FalseNegatives, left.TrueNegatives + right.TrueNegatives);

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
