using Tidewatch.Contracts;

namespace Tidewatch.Storage;

/// <summary>Reads back what <see cref="IAnomalyStore"/> keeps.</summary>
public interface IAnomalyReader
{
    /// <summary>The alerts that match, newest event time first. Throws when the store is away.</summary>
    Task<IReadOnlyList<Alert>> ReadAsync(AnomalyQuery query, CancellationToken cancellationToken);
}

/// <summary>Which alerts to read.</summary>
/// <param name="From">First event time, inclusive.</param>
/// <param name="To">Last event time, exclusive.</param>
/// <param name="Series">Exact series id; null for all.</param>
/// <param name="Limit">At most this many, 1 or more.</param>
public sealed record AnomalyQuery(DateTimeOffset From, DateTimeOffset To, string? Series = null, int Limit = 1000);
