using Tidewatch.Notifier.Channels;

namespace Tidewatch.Notifier.Tests;

/// <summary>Answers as the test says and remembers what it was given.</summary>
internal sealed class FakeChannel : IChannel
{
    private int _tries;

    public List<AlertGroup> Sent { get; } = [];

    public int Tries => Volatile.Read(ref _tries);

    /// <summary>From the number of the try, 1 for the first.</summary>
    public Func<int, Delivery> Answer { get; set; } = _ => Delivery.Sent;

    public Task<Delivery> SendAsync(AlertGroup group, CancellationToken cancellationToken)
    {
        var delivery = Answer(Interlocked.Increment(ref _tries));
        if (delivery.Outcome == DeliveryOutcome.Sent)
        {
            Sent.Add(group);
        }

        return Task.FromResult(delivery);
    }
}

internal sealed record FakeOptions : ChannelOptions;
