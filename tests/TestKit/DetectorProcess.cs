namespace Tidewatch.TestKit;

/// <summary>The built detector as a child process, or another build of it.</summary>
/// <param name="settings">By their names, as <c>Detector:Window</c>.</param>
/// <param name="launcher">See <see cref="ServiceProcess"/>; null for none.</param>
/// <param name="program">Path of another build's program; null for the one beside the test.</param>
public sealed class DetectorProcess(IReadOnlyDictionary<string, string> settings, IReadOnlyList<string>? launcher = null, string? program = null)
    : ServiceProcess(program ?? "Tidewatch.Detector", settings, launcher ?? []);
