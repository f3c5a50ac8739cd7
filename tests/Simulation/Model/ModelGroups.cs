namespace Tidewatch.Simulation.Model;

/// <summary>The group coordinator of one group: members, generation, who owns what, and committed offsets.</summary>
public sealed class ModelGroups(ModelBroker broker)
{
    private readonly Dictionary<(string Group, string Topic, int Partition), long> _committed = [];
    private readonly Dictionary<(string Topic, int Partition), (string Member, int Since)> _owners = [];
    private readonly SortedSet<string> _members = new(StringComparer.Ordinal);

    public int Generation { get; private set; }

    /// <summary>Adds a member and deals the partitions anew.</summary>
    public void Join(string member)
    {
        _members.Add(member);
        Deal();
    }

    /// <summary>Removes a member, by its leave or by its session's end, and deals anew.</summary>
    public void Leave(string member)
    {
        if (_members.Remove(member))
        {
            Deal();
        }
    }

    public bool IsMember(string member) => _members.Contains(member);

    public IEnumerable<(string Topic, int Partition)> Of(string member) =>
        _owners.Where(o => string.Equals(o.Value.Member, member, StringComparison.Ordinal)).Select(o => o.Key).Order();

    /// <summary>The generation since which the partition's owner has held it without a break.</summary>
    public int Since((string Topic, int Partition) partition) => _owners[partition].Since;

    /// <summary>Takes an offset into the transaction. Throws <see cref="FencedException"/> when the generation has passed (KIP-447).</summary>
    public void Send(ModelTransaction transaction, string group, string member, int generation, string topic, int partition, long offset)
    {
        if (generation != Generation || !_members.Contains(member))
        {
            throw new FencedException($"generation {generation} of {member} is over, the newest is {Generation}");
        }

        transaction.Offsets[(group, topic, partition)] = offset;
    }

    /// <summary>The stable committed offset; null when there is none. Throws <see cref="UnstableOffsetException"/> while a transaction holds one.</summary>
    public long? Committed(string group, string topic, int partition) => broker.Transactions.IsPending(group, topic, partition)
        ? throw new UnstableOffsetException($"{topic} {partition}: an open transaction holds the offset")
        : _committed.TryGetValue((group, topic, partition), out var offset) ? offset : null;

    public void Apply(Dictionary<(string Group, string Topic, int Partition), long> offsets)
    {
        foreach (var (key, offset) in offsets)
        {
            _committed[key] = offset;
        }
    }

    /// <summary>An operator's hand: sets or (null) deletes a committed offset.</summary>
    public void Force(string group, string topic, int partition, long? offset)
    {
        if (offset is { } value)
        {
            _committed[(group, topic, partition)] = value;
        }
        else
        {
            _committed.Remove((group, topic, partition));
        }
    }

    private void Deal()
    {
        Generation++;
        var members = _members.ToList();
        var i = 0;
        foreach (var partition in broker.InputPartitions)
        {
            var owner = members.Count == 0 ? "" : members[i++ % members.Count];
            if (!_owners.TryGetValue(partition, out var before) || !string.Equals(before.Member, owner, StringComparison.Ordinal))
            {
                _owners[partition] = (owner, Generation);
            }
        }
    }
}
