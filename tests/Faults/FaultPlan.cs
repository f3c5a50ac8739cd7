namespace Tidewatch.Faults;

/// <summary>How long a row goes on.</summary>
/// <param name="IsLong">Whether this is <c>make faults</c>.</param>
/// <param name="Kills">Kills of row 1; other rows derive their repetitions from it.</param>
/// <param name="Seed">Decides about input and moments.</param>
internal sealed record FaultPlan(bool IsLong, int Kills, int Seed)
{
    public static FaultPlan Short { get; } = new(IsLong: false, Kills: 5, Seed: 1);

    /// <summary>One repetition in the short form, <paramref name="times"/> in the long one.</summary>
    public int Times(int times) => IsLong ? times : 1;
}
