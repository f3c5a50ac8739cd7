using Tidewatch.Kafka.Partitions;

namespace Tidewatch.Kafka.Ownership;

/// <summary>Tells partitions that a group has forgotten from those on their way from one member to another: these are somewhere else at the next look.</summary>
/// <remarks>Two looks in a row must show the same members with the same shares. What stays forgotten although it was acted on takes twice as many looks each time, 64 at most: a group must not share out anew without end for what that does not heal.</remarks>
public sealed class OwnerJudge
{
    private const int Fewest = 2;
    private const int Most = 64;
    private GroupShares? _shares;
    private IReadOnlyList<InputPartition> _missing = [];
    private int _looks;
    private int _needed = Fewest;

    /// <summary>Called with what each look shows.</summary>
    /// <param name="shares">The group at rest; null while it is not, or could not be asked: nothing follows from such a look.</param>
    /// <param name="missing">Input partitions that no member was given, in order.</param>
    /// <returns>Whether they are forgotten, and it is time to act.</returns>
    public bool IsForgotten(GroupShares? shares, IReadOnlyList<InputPartition> missing)
    {
        if (shares is not null && missing.Count == 0)
        {
            _needed = Fewest;
        }

        var isSame = shares is not null && _shares?.IsAs(shares) == true && missing.SequenceEqual(_missing);
        (_shares, _missing, _looks) = (shares, missing, isSame ? _looks + 1 : 1);
        if (shares is null || missing.Count == 0 || _looks < _needed)
        {
            return false;
        }

        (_shares, _needed) = (null, Math.Min(_needed * 2, Most));
        return true;
    }
}
