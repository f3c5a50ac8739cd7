namespace Tidewatch.TestKit;

/// <summary>The built detector as a child process.</summary>
public sealed class DetectorProcess(IReadOnlyDictionary<string, string> settings, params IReadOnlyList<string> launcher) : ServiceProcess("Tidewatch.Detector", settings, launcher);
