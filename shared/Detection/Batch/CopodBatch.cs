namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="CopodBatch"/>: it has none.</summary>
public sealed record CopodBatchOptions : DetectorOptions;

/// <summary>COPOD (Li, Zhao, Botta, Ionescu, Hu 2020).</summary>
public sealed class CopodBatch : TailBatch, IBatchDetector<CopodBatch, CopodBatchOptions>
{
    public static string Name => "copod";

    public static string Summary => "Empirical copula: tails chosen by skewness, averaged otherwise; no parameters.";

    public static bool Saturates => true;

    public static CopodBatch Create(CopodBatchOptions options, ulong seed) => new();

    protected override double Combine(double left, double right, double skewed) => Math.Max(skewed, (left + right) / 2);
}
