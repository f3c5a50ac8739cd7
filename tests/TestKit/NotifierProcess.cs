namespace Tidewatch.TestKit;

/// <summary>The built notifier as a child process.</summary>
public sealed class NotifierProcess(IReadOnlyDictionary<string, string> settings) : ServiceProcess("Tidewatch.Notifier", settings, []);
