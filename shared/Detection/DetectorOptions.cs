namespace Tidewatch.Detection;

/// <summary>Base of every detector's options: sealed records with a documented <c>[Range]</c> and default for each property.</summary>
public abstract record DetectorOptions
{
    /// <summary>Everything that decides about scores, as text: options of equal texts make equal detectors. State made under another text is not continued.</summary>
    public virtual string Identity() => ToString();
}
