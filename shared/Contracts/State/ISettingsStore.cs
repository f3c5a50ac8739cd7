namespace Tidewatch.Contracts.State;

/// <summary>Keeps the text of every configuration that was ever in force, by its hash: a replay needs those of the past.</summary>
/// <remarks>Failures throw: whether a text is there must be known. Never called per event.</remarks>
public interface ISettingsStore
{
    /// <summary>Keeps a text; complete once readers find it.</summary>
    /// <param name="group">Consumer group, with the topic prefix.</param>
    /// <param name="hash">Hash of the configuration.</param>
    /// <param name="text">Its text, without secrets.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task WriteAsync(string group, ulong hash, string text, CancellationToken cancellationToken);

    /// <summary>The text of a configuration; null where none was kept.</summary>
    Task<string?> ReadAsync(string group, ulong hash, CancellationToken cancellationToken);
}
