namespace Tidewatch.Contracts.Codecs;

/// <summary>Why bytes are not an observation: a code of <see cref="RejectCode"/> and a sentence that names the value and the remedy.</summary>
public readonly record struct DecodeError(string Code, string Message)
{
    /// <summary>No error.</summary>
    public static DecodeError None => default;

    public bool IsNone => Code is null;
}
