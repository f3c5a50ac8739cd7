namespace Tidewatch.Evaluation.Synthetic;

/// <summary>What an anomaly does to a value.</summary>
public enum EffectKind
{
    /// <summary>Adds that many standard deviations of the noise; a negative number is a dip.</summary>
    Add,

    /// <summary>Multiplies the value.</summary>
    Times,

    /// <summary>Multiplies the noise.</summary>
    Variance,

    /// <summary>Adds standard deviations that grow from 0 to the number over the anomaly.</summary>
    Ramp,

    /// <summary>Repeats the value at the anomaly's start.</summary>
    Stuck,
}

/// <summary>What a kind of anomaly does to one measure.</summary>
/// <param name="Signal">Name of the measure.</param>
/// <param name="Kind">How the value changes.</param>
/// <param name="Least">Smallest size at the level <c>realistic</c>.</param>
/// <param name="Most">Largest size at the level <c>realistic</c>.</param>
public sealed record Effect(string Signal, EffectKind Kind, double Least = 0, double Most = 0)
{
    private const double HardShare = 0.4;

    /// <summary>The size for a draw in [0, 1).</summary>
    public double Size(double draw, SyntheticLevel level)
    {
        var size = Least + ((Most - Least) * draw);
        if (level == SyntheticLevel.Realistic)
        {
            return size;
        }

        // A factor weakens towards 1, a sum towards 0.
        return Kind is EffectKind.Times or EffectKind.Variance ? Math.Pow(size, HardShare) : size * HardShare;
    }
}
