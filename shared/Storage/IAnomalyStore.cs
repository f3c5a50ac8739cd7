using Tidewatch.Contracts;

namespace Tidewatch.Storage;

/// <summary>Where anomalies are kept for queries: InfluxDB, or SQLite in the embedded form.</summary>
public interface IAnomalyStore
{
    /// <summary>Writes alerts; the same alert written twice is one. Throws when the store is away, so that the caller tries again.</summary>
    Task WriteAsync(IReadOnlyList<Alert> alerts, CancellationToken cancellationToken);
}
