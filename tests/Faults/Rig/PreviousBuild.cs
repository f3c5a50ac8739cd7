namespace Tidewatch.Faults.Rig;

/// <summary>An earlier build of the detector, which <c>make faults</c> makes out of the repository's history.</summary>
internal static class PreviousBuild
{
    /// <summary>Its program, from PREVIOUS_DETECTOR; null where there is none.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable("PREVIOUS_DETECTOR") is { Length: > 0 } path ? Path.GetFullPath(path) : null;

    /// <summary>The commit it was made of, from PREVIOUS.</summary>
    public static string Commit => Environment.GetEnvironmentVariable("PREVIOUS") is { Length: > 0 } commit ? commit : "an earlier commit";

    /// <summary>Why there is no such build; null when there is one.</summary>
    public static string? Missing =>
        Program is null ? "no earlier build: run make faults in a clone that has the commit PREVIOUS, or name a built detector in PREVIOUS_DETECTOR"
        : File.Exists(Program) ? null
        : $"PREVIOUS_DETECTOR names {Program}, which is not there: infra/previous-detector.sh builds one";
}
