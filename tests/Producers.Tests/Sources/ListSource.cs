using System.Runtime.CompilerServices;
using Tidewatch.Contracts;
using Tidewatch.Kafka.Sources;

namespace Tidewatch.Producers.Tests.Sources;

/// <summary>Yields values 0 to count-1 and then ends, or throws.</summary>
internal sealed class ListSource(int count, Exception? end = null) : ISource
{
    public string Name => "list";

    public string? Trouble { get; set; }

    public async IAsyncEnumerable<SourcedObservation> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            yield return new("replay", new Observation { Series = "list", Time = DateTimeOffset.UnixEpoch.AddSeconds(i), Value = i });
        }

        await Task.Yield();
        if (end is not null)
        {
            throw end;
        }
    }
}
