using System.Text;

namespace Tidewatch.Contracts.Codecs;

/// <summary>A reusable place for one decoded observation: the hot path reads from it without allocating.</summary>
/// <remarks>Not thread-safe; its spans are valid until the next decode into it.</remarks>
public sealed class ObservationFrame
{
    internal readonly byte[] SeriesBytes = new byte[ObservationCodec.MaxSeriesBytes];
    internal readonly double[] ValueItems = new double[ObservationCodec.MaxFeatures];
    internal readonly byte[][] NameItems = new byte[ObservationCodec.MaxFeatures][];
    internal readonly int[] NameLengths = new int[ObservationCodec.MaxFeatures];
    internal int SeriesLength;
    internal int Count;
    internal bool HasValue;
    internal Range AttributesRange;
    internal bool HasAttributes;

    /// <summary>The series id, UTF-8.</summary>
    public ReadOnlySpan<byte> Series => SeriesBytes.AsSpan(0, SeriesLength);

    /// <summary>Event time, Unix milliseconds UTC.</summary>
    public long TimeMs { get; internal set; }

    /// <summary>One value, or the features' values in the order of the message.</summary>
    public ReadOnlySpan<double> Values => ValueItems.AsSpan(0, Count);

    /// <summary>True when <see cref="Values"/> are named features.</summary>
    public bool HasFeatures => !HasValue;

    /// <summary>True when the message is no observation but a <see cref="Correction"/>, of which series and time are here.</summary>
    public bool IsCorrection { get; internal set; }

    /// <summary>Ground truth, if given.</summary>
    public bool? Label { get; internal set; }

    /// <summary>The UTF-8 name of feature <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> FeatureName(int index) => NameItems[index].AsSpan(0, NameLengths[index]);

    /// <summary>The attributes' JSON object within the decoded message, empty when there is none.</summary>
    public ReadOnlySpan<byte> AttributesJson(ReadOnlySpan<byte> message) => HasAttributes ? message[AttributesRange] : default;

    /// <summary>The same observation as a record: allocates, for everything but the hot path.</summary>
    public Observation ToObservation(ReadOnlySpan<byte> message) => new()
    {
        Series = Encoding.UTF8.GetString(Series),
        Time = DateTimeOffset.FromUnixTimeMilliseconds(TimeMs),
        Value = HasValue ? ValueItems[0] : null,
        Features = HasFeatures ? FeatureMap() : null,
        Attributes = AttributesCodec.Decode(AttributesJson(message)),
        Label = Label,
    };

    internal void Clear()
    {
        SeriesLength = Count = 0;
        HasValue = HasAttributes = IsCorrection = false;
        Label = null;
        TimeMs = 0;
    }

    private Dictionary<string, double> FeatureMap()
    {
        var map = new Dictionary<string, double>(Count, StringComparer.Ordinal);
        for (var i = 0; i < Count; i++)
        {
            map[Encoding.UTF8.GetString(FeatureName(i))] = ValueItems[i];
        }

        return map;
    }
}
