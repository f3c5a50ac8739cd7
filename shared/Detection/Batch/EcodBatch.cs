namespace Tidewatch.Detection.Batch;

/// <summary>Options of <see cref="EcodBatch"/>: it has none.</summary>
public sealed record EcodBatchOptions : DetectorOptions;

/// <summary>ECOD (Li, Zhao, Botta, Ionescu, Hu 2022).</summary>
public sealed class EcodBatch : TailBatch, IBatchDetector<EcodBatch, EcodBatchOptions>
{
    public static string Name => "ecod";

    public static string Summary => "Sum over features of -ln of the smallest empirical tail; no parameters.";

    public static bool Saturates => true;

    public static EcodBatch Create(EcodBatchOptions options, ulong seed) => new();

    protected override double Combine(double left, double right, double skewed) => Math.Max(Math.Max(left, right), skewed);
}
