namespace Tidewatch.Evaluation.Data;

/// <summary>A file of a folder that could not be judged, while the others were.</summary>
/// <param name="File">The file, as the folder has it.</param>
/// <param name="Reason">What was wrong with it.</param>
public sealed record LeftOut(string File, string Reason);
