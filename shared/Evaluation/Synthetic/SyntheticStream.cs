namespace Tidewatch.Evaluation.Synthetic;

/// <summary>The observations of one domain: a pure function of seed, level and event index.</summary>
/// <remarks>Event n is sample n / S of series n % S, with S the number of series; the events of one sample are spread over its interval.</remarks>
public sealed class SyntheticStream
{
    private readonly SyntheticDomain _domain;
    private readonly DateTimeOffset _start;
    private readonly TimeSpan _interval;
    private readonly SyntheticSeries[] _series;

    /// <param name="domain">What is generated.</param>
    /// <param name="seed">Equal seeds give equal values.</param>
    /// <param name="level">How hard.</param>
    /// <param name="start">Time of the first event, UTC.</param>
    /// <param name="interval">Time between two samples of a series; null takes the domain's own.</param>
    public SyntheticStream(SyntheticDomain domain, ulong seed, SyntheticLevel level, DateTimeOffset start, TimeSpan? interval = null)
    {
        (_domain, _start, _interval) = (domain, start, interval ?? domain.Interval);
        var noise = new IndexedNoise(seed).Of(domain.Name);
        _series = [.. domain.Entities.SelectMany(e => SyntheticSeries.Of(domain, new SyntheticEntity(domain, e, noise, level)))];
    }

    /// <summary>Name of the domain.</summary>
    public string Domain => _domain.Name;

    /// <summary>Ids of the series, in the order of their events.</summary>
    public IEnumerable<string> Series => _series.Select(s => s.Id);

    /// <summary>Number of series of <paramref name="domain"/>.</summary>
    public static int SeriesOf(SyntheticDomain domain) => domain.Entities.Count * domain.SeriesPerEntity;

    /// <summary>When event <paramref name="index"/> happens, whether or not it is missing.</summary>
    public DateTimeOffset TimeOf(long index)
    {
        var (sample, slot) = Math.DivRem(index, _series.Length);
        return _start + (_interval * sample) + (_interval * ((double)slot / _series.Length));
    }

    /// <summary>Event <paramref name="index"/>; null where data is missing.</summary>
    public SyntheticEvent? At(long index)
    {
        var (sample, slot) = Math.DivRem(index, _series.Length);
        return _series[slot].At(sample, TimeOf(index));
    }

    /// <summary>The ground truth of the first <paramref name="samples"/> samples (whole blocks of them): the anomalies of each series.</summary>
    public IEnumerable<(string Series, Anomaly Anomaly)> Anomalies(long samples) =>
        from series in _series
        from block in Enumerable.Range(0, (int)(samples / _domain.Schedule.Block))
        let anomaly = series.InBlock(block)
        where anomaly is not null
        select (series.Id, anomaly);

    /// <summary>The events of the first <paramref name="samples"/> samples of every series, without the missing ones, in time order.</summary>
    public IEnumerable<SyntheticEvent> Read(long samples)
    {
        for (var index = 0L; index < samples * _series.Length; index++)
        {
            if (At(index) is { } found)
            {
                yield return found;
            }
        }
    }
}
