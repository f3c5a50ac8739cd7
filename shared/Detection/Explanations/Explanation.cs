namespace Tidewatch.Detection.Explanations;

/// <summary>Why a sample scored as it did.</summary>
/// <param name="Contributions">What each feature adds; negative where it makes the sample more ordinary.</param>
/// <param name="IsExact">True when baseline and contributions sum to the model's statistic; false for a local surrogate.</param>
public sealed record Explanation(IReadOnlyList<double> Contributions, bool IsExact)
{
    /// <summary>The exact contributions where the detector has them, else those of a surrogate fitted around the sample.</summary>
    /// <param name="detector">A warm detector.</param>
    /// <param name="sample">The sample, not learned yet.</param>
    /// <param name="normal">Where values are normally: what a feature is set to when it is taken out.</param>
    public static Explanation Of(IDetector detector, in Sample sample, ReadOnlySpan<double> normal)
    {
        var contributions = new double[sample.Values.Length];
        if (detector is IAdditiveDetector { IsAdditive: true } additive)
        {
            additive.Contribute(sample, contributions);
            return new Explanation(contributions, IsExact: true);
        }

        var timeMs = sample.TimeMs;
        LocalSurrogate.Explain(values => detector.Raw(new Sample(values, timeMs)), sample.Values, normal, contributions);
        return new Explanation(contributions, IsExact: false);
    }

    /// <summary>Share of each feature among the positive contributions, 0 to 1; all 0 when none is positive.</summary>
    public double[] Shares() => SharesOf(Contributions);

    /// <summary>Share of each figure among the positive ones, 0 to 1; all 0 when none is positive.</summary>
    public static double[] SharesOf(IReadOnlyList<double> figures)
    {
        var total = figures.Sum(f => Math.Max(0, f));
        return [.. figures.Select(f => total > 0 ? Math.Max(0, f) / total : 0)];
    }
}
