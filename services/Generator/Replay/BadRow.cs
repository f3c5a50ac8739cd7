namespace Tidewatch.Generator.Replay;

/// <summary>A row that is no observation: where, and why.</summary>
public sealed record BadRow(string File, long Line, string Column, string Value, string Wanted)
{
    public override string ToString() => $"{File}, line {Line}, column {Column}: '{Value}' is not {Wanted}";
}
