namespace Tidewatch.Detection;

/// <summary>Base of every detector's options: sealed records with a documented <c>[Range]</c> and default for each property.</summary>
public abstract record DetectorOptions;
