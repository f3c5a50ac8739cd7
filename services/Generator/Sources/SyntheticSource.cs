using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Tidewatch.Evaluation.Synthetic;
using Tidewatch.Kafka.Sources;

namespace Tidewatch.Generator.Sources;

/// <summary>Section <c>Generator:Synthetic</c>: which synthetic domains are published, and how fast.</summary>
public sealed record SyntheticOptions : IValidatableObject
{
    /// <summary>Domains, separated by commas: payments, iot, network, users; empty publishes none. Default payments.</summary>
    public string Domains { get; init; } = "payments";

    /// <summary>Observations per second of each domain, 0 to 1,000,000; 0 goes flat out with the domain's own times. Default 120, which shows fraud within a minute.</summary>
    [Range(0, 1_000_000)]
    public double Rate { get; init; } = 120;

    /// <summary>Seed of every value and anomaly; equal seeds give equal values. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Realistic (default) or Hard.</summary>
    public SyntheticLevel Level { get; init; } = SyntheticLevel.Realistic;

    /// <summary>Events of each domain before the source ends; 0 (default) never ends.</summary>
    [Range(0, long.MaxValue)]
    public long Count { get; init; }

    /// <summary>Time of the first event when going flat out, UTC; default Monday 2026-01-05.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public IEnumerable<string> Names => Domains.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var name in Names.Where(n => !SyntheticCatalog.All.Any(d => string.Equals(d.Name, n, StringComparison.OrdinalIgnoreCase))))
        {
            yield return new($"there is no domain '{name}'; there are {string.Join(", ", SyntheticCatalog.All.Select(d => d.Name))}, separated by commas, or nothing", [nameof(Domains)]);
        }

        if (Rate == 0 && Count == 0 && Names.Any())
        {
            yield return new("0 (flat out) without Count would never end: set Generator:Synthetic:Count, or a rate", [nameof(Rate)]);
        }
    }
}

/// <summary>Publishes labelled observations of the synthetic domains. Values depend on seed and event index alone; a live stream's times are the clock's.</summary>
public sealed class SyntheticSource(IOptions<SyntheticOptions> options, TimeProvider time) : ISource
{
    private readonly SyntheticOptions _options = options.Value;

    public string Name => "synthetic";

    public async IAsyncEnumerable<SourcedObservation> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var streams = Open();
        var next = new PriorityQueue<(SyntheticStream Stream, long Index), (DateTimeOffset Time, int Order)>(
            streams.Select((s, order) => ((s, 0L), (s.TimeOf(0), order))));
        while (next.TryDequeue(out var head, out var due))
        {
            var (stream, index) = head;
            if (_options.Count == 0 || index + 1 < _options.Count)
            {
                next.Enqueue((stream, index + 1), (stream.TimeOf(index + 1), due.Order));
            }

            if (stream.At(index) is not { } found)
            {
                continue;
            }

            if (_options.Rate > 0 && due.Time - time.GetUtcNow() is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            yield return new(stream.Domain, found.Observation);
        }
    }

    private SyntheticStream[] Open()
    {
        var live = _options.Rate > 0;
        var start = live ? time.GetUtcNow() : _options.Start;
        return [.. _options.Names.Select(SyntheticCatalog.Get).Select(domain =>
            new SyntheticStream(domain, _options.Seed, _options.Level, start, live ? SyntheticStream.SeriesOf(domain) * TimeSpan.FromSeconds(1 / _options.Rate) : null))];
    }
}
