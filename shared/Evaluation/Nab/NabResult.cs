namespace Tidewatch.Evaluation.Nab;

/// <summary>What one profile gives.</summary>
/// <param name="Profile">The profile's name.</param>
/// <param name="Score">Normalised: 0 for silence, 100 for every window found at its first row and nothing else.</param>
/// <param name="Threshold">Rows with at least this score are detections; infinity when silence is best.</param>
/// <param name="WindowsFound">Windows with a detection.</param>
/// <param name="FalseRows">Detections outside the windows, after probation.</param>
/// <param name="Files">The same by file, in the corpus' order.</param>
public sealed record NabResult(string Profile, double Score, double Threshold, int WindowsFound, int FalseRows, IReadOnlyList<NabFileResult> Files);

/// <summary>A file's part of a <see cref="NabResult"/>.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Windows">Windows there are.</param>
/// <param name="WindowsFound">Windows with a detection.</param>
/// <param name="FalseRows">Detections outside the windows.</param>
/// <param name="Points">Its part of the raw total.</param>
public sealed record NabFileResult(string File, int Windows, int WindowsFound, int FalseRows, double Points);
