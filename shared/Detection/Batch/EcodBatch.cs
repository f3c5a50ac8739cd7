namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="EcodBatch"/>.</summary>
public sealed record EcodBatchOptions : DetectorOptions
{
    /// <summary>Take the largest tail of each feature, as PyOD does, in place of the largest of the three sums, as the paper's algorithm 1 does; default false.</summary>
    public bool PerFeature { get; init; }
}

/// <summary>ECOD (Li, Zhao, Botta, Ionescu, Hu 2022).</summary>
public sealed class EcodBatch(EcodBatchOptions options) : TailBatch, IBatchDetector<EcodBatch, EcodBatchOptions>
{
    public static string Name => "ecod";

    public static string Summary => "Sum over features of -ln of an empirical tail, the largest of left, right and skewness-chosen.";

    public static bool Saturates => true;

    protected override bool IsPerFeature => options.PerFeature;

    public static EcodBatch Create(EcodBatchOptions options, ulong seed) => new(options);

    protected override double Combine(double left, double right, double skewed) => Math.Max(Math.Max(left, right), skewed);
}
