namespace Tidewatch.Evaluation.Synthetic;

/// <summary>What one measure of an entity looks like when nothing is wrong.</summary>
/// <param name="Name">Name of the measure: last part of the series id, or name of the feature.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Level">Its typical value, above 0.</param>
public sealed record Signal(string Name, string Unit, double Level)
{
    /// <summary>Height of the daily wave as a share of the level; 0 for none.</summary>
    public double Daily { get; init; }

    /// <summary>Factor of the last two days of seven; 1 for none.</summary>
    public double Weekend { get; init; } = 1;

    /// <summary>Standard deviation of the noise as a share of the level (of the logarithm when <see cref="Logarithmic"/>).</summary>
    public double Noise { get; init; } = 0.02;

    /// <summary>Correlation of neighbouring noise, 0 to below 1.</summary>
    public double Memory { get; init; } = 0.4;

    /// <summary>Slow wander as a share of the level.</summary>
    public double Drift { get; init; }

    /// <summary>Noise multiplies (amounts, traffic) in place of adding (temperatures).</summary>
    public bool Logarithmic { get; init; }

    /// <summary>Lowest value there is.</summary>
    public double Floor { get; init; }

    /// <summary>Highest value there is.</summary>
    public double Ceiling { get; init; } = double.MaxValue;

    /// <summary>Digits behind the point; 0 for counts.</summary>
    public int Decimals { get; init; } = 2;
}
