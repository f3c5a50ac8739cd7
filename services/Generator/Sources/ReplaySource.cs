using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tidewatch.Contracts;
using Tidewatch.Generator.Replay;
using Tidewatch.Kafka.Sources;

namespace Tidewatch.Generator.Sources;

/// <summary>Publishes the rows of files as series <c>&lt;domain&gt;/&lt;file&gt;</c>, in the file's order and with the file's times.</summary>
public sealed partial class ReplaySource(IOptions<ReplayOptions> options, TimeProvider time, ILogger<ReplaySource> logger) : ISource
{
    private const int LoggedBadRows = 10;
    private static readonly Meter Meter = new("Tidewatch");
    private static readonly Counter<long> BadRowCount = Meter.CreateCounter<long>("replay_bad_rows_total", "rows", "Rows of replayed files that could not be read.");
    private readonly ReplayOptions _options = options.Value;
    private long _bad;

    public string Name => "replay";

    /// <summary>Rows that could not be read so far.</summary>
    public long BadRowsSoFar => Interlocked.Read(ref _bad);

    public async IAsyncEnumerable<SourcedObservation> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_options.Path.Length == 0)
        {
            yield break;
        }

        foreach (var (path, series) in ReplayFile.List(_options.Path, _options.Domain))
        {
            await foreach (var item in ReadFileAsync(new ReplayFile(path, series, _options), cancellationToken))
            {
                yield return item;
            }
        }

        if (_bad > 0)
        {
            LogBadRows(_bad, _options.Path);
        }
    }

    private async IAsyncEnumerable<SourcedObservation> ReadFileAsync(ReplayFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pace = new ReplayPace(_options.Speed, time);
        do
        {
            await foreach (var row in file.ReadAsync(Reject))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var at = pace.Shift(row.Time);
                await pace.WaitAsync(at, cancellationToken);
                yield return new(_options.Domain, new Observation { Series = file.Series, Time = at, Value = row.Value, Label = row.Label });
            }
        }
        while (_options.Loop && pace.NextRound());
    }

    private void Reject(BadRow row)
    {
        var count = Interlocked.Increment(ref _bad);
        BadRowCount.Add(1);
        if (_options.BadRows == BadRows.Stop)
        {
            throw new SourceStoppedException($"{row}: correct it, or set Generator:Replay:BadRows to Skip");
        }

        if (count <= LoggedBadRows)
        {
            LogBadRow(row.ToString());
        }
    }

    [LoggerMessage(420, LogLevel.Warning, "skipped {Row}")]
    private partial void LogBadRow(string row);

    [LoggerMessage(421, LogLevel.Warning, "skipped {Count} rows of {Path} in all; the first ten are named above")]
    private partial void LogBadRows(long count, string path);
}
