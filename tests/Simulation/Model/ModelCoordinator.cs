namespace Tidewatch.Simulation.Model;

/// <summary>The transaction coordinator: one epoch and at most one open transaction for each transactional id.</summary>
/// <remarks>As an old-protocol client sees it (librdkafka has no KIP-890 part 2): an EndTxn names only id and epoch, so a late one ends whatever is open under them.</remarks>
public sealed class ModelCoordinator(ModelBroker broker)
{
    private readonly Dictionary<string, int> _epochs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ModelTransaction> _open = new(StringComparer.Ordinal);

    /// <summary>Begins a new epoch; what the last one left open is aborted.</summary>
    public int Initialize(string id)
    {
        End(id, commit: false);
        return _epochs[id] = _epochs.GetValueOrDefault(id) + 1;
    }

    /// <summary>The open transaction of an epoch, begun by its first request.</summary>
    public ModelTransaction Open(string id, int epoch)
    {
        Check(id, epoch);
        if (!_open.TryGetValue(id, out var transaction))
        {
            _open[id] = transaction = new ModelTransaction(id, epoch) { BegunMs = broker.NowMs };
        }

        return transaction;
    }

    /// <summary>EndTxn, on time or late. Throws <see cref="FencedException"/> for an old epoch.</summary>
    public void End(string id, int epoch, bool commit)
    {
        Check(id, epoch);
        End(id, commit);
    }

    /// <summary>Aborts what has been open for longer than <paramref name="timeoutMs"/>, and fences its producer.</summary>
    public void Expire(long timeoutMs)
    {
        foreach (var transaction in _open.Values.Where(t => broker.NowMs - t.BegunMs > timeoutMs).ToList())
        {
            End(transaction.Id, commit: false);
            _epochs[transaction.Id]++;
        }
    }

    /// <summary>True while any transaction is open: readers see nothing past its first record.</summary>
    public bool IsAnyOpen => _open.Count > 0;

    /// <summary>True while an open transaction holds an offset of the group for the partition.</summary>
    public bool IsPending(string group, string topic, int partition) => _open.Values.Any(t => t.Offsets.ContainsKey((group, topic, partition)));

    private void End(string id, bool commit)
    {
        if (_open.Remove(id, out var transaction))
        {
            transaction.End(commit, broker.NowMs);
            if (commit)
            {
                broker.Groups.Apply(transaction.Offsets);
            }
        }
    }

    private void Check(string id, int epoch)
    {
        if (epoch != _epochs.GetValueOrDefault(id))
        {
            throw new FencedException($"epoch {epoch} of {id} is over, the newest is {_epochs.GetValueOrDefault(id)}");
        }
    }
}
