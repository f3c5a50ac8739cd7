namespace Tidewatch.Evaluation.Data;

/// <summary>A file of a folder that could not be judged, while the others were.</summary>
/// <param name="File">The file, as the folder has it.</param>
/// <param name="Reason">What was wrong with it.</param>
public sealed record LeftOut(string File, string Reason)
{
    /// <summary>The error of a folder in which no file is left to judge.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="leftOut">What could not be judged.</param>
    /// <param name="nothing">What to say where there was nothing in it.</param>
    public static DataFormatException All(string folder, IReadOnlyList<LeftOut> leftOut, string nothing) =>
        new(folder, 0, null, leftOut.Count == 0 ? nothing : $"no file can be judged; {leftOut[0].Reason}");
}
