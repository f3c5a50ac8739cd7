using Tidewatch.TestKit;

namespace Tidewatch.Faults.Rig;

/// <summary>The detectors of a rig by name; a name that returns is the same member of the group.</summary>
internal sealed class Members(IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private readonly SortedDictionary<string, DetectorProcess> _running = new(StringComparer.Ordinal);
    private readonly List<string> _log = [];

    /// <summary>The command by which a member is started from now on, see <see cref="DetectorProcess"/>.</summary>
    public Dictionary<string, IReadOnlyList<string>> Launchers { get; } = new(StringComparer.Ordinal);

    /// <summary>The program that a member is from now on; null, as for one that is not named, for the present build.</summary>
    public Dictionary<string, string?> Programs { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => [.. _running.Keys];

    public DetectorProcess this[string name] => _running[name];

    /// <summary>What all of them said, in order of their ends, the running ones last.</summary>
    public string Log => string.Join('\n', _log.Concat(_running.Select(m => $"--- {m.Key}\n{m.Value.Output}")));

    /// <summary>Members that ended although nobody ended them.</summary>
    public IReadOnlyList<string> Fallen => [.. _running.Where(m => m.Value.HasExited).Select(m => m.Key)];

    public void Start(params IEnumerable<string> names) => Start(new Dictionary<string, string>(StringComparer.Ordinal), names);

    /// <summary>Starts with settings that differ from the rig's.</summary>
    public void Start(IReadOnlyDictionary<string, string> more, params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var own = settings.Concat(more).Append(new("Detector:InstanceId", name)).GroupBy(s => s.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);
            _running[name] = new DetectorProcess(own, Launchers.GetValueOrDefault(name), Programs.GetValueOrDefault(name));
        }
    }

    /// <summary>A second process under the same name.</summary>
    public DetectorProcess Twin(string name) => new(settings.Append(new("Detector:InstanceId", name)).ToDictionary(StringComparer.Ordinal));

    public async Task KillAsync(string name)
    {
        await _running[name].KillAsync();
        await ForgetAsync(name);
    }

    public async Task TerminateAsync(string name)
    {
        await _running[name].TerminateAsync();
        await ForgetAsync(name);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in Names)
        {
            await KillAsync(name);
        }
    }

    private async Task ForgetAsync(string name)
    {
        _running.Remove(name, out var process);
        _log.Add($"--- {name}, ended\n{process!.Output}");
        await process.DisposeAsync();
    }
}
