using System.Diagnostics.Metrics;
using Tidewatch.Kafka.Tests.Partitions;

namespace Tidewatch.Kafka.Tests.Ownership;

/// <summary>Reads what a host counts of partitions without an owner, as an exporter does.</summary>
internal sealed class OwnerMeters : IDisposable
{
    private readonly MeterListener _listener = new();
    private int _withoutOwner;
    private long _heals;

    /// <summary>The gauge now.</summary>
    public int WithoutOwner
    {
        get
        {
            _listener.RecordObservableInstruments();
            return _withoutOwner;
        }
    }

    /// <summary>The most that the gauge showed when it was read.</summary>
    public int Most { get; private set; }

    public int Heals => (int)Interlocked.Read(ref _heals);

    public void Listen(LoopHost host)
    {
        var meters = host.Meters;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name is ("partitions_without_owner" or "group_heals_total"))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, value, _, _) => (_withoutOwner, Most) = (value, Math.Max(Most, value)));
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _heals, value));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();
}
