using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>Who of an ensemble's members votes: at recorded counts the one furthest from the median of the votes gives its seat to the spare nearest to it.</summary>
/// <remarks>Agreement with the consensus stands in for labels, as in SELECT (Rayana, Akoglu 2016). Only members that were warm all the time since the last count are compared.</remarks>
/// <param name="seats">Votes, at least 3; the first members hold them at the beginning.</param>
/// <param name="members">Members, more than seats.</param>
/// <param name="every">Observations between two counts, at least 1.</param>
internal sealed class SeatRotation(int seats, int members, int every)
{
    private readonly int[] _holders = [.. Enumerable.Range(0, seats)];
    private readonly double[] _disagreements = new double[members];
    private readonly double[] _votes = new double[seats];
    private int _count;

    /// <summary>The member that holds <paramref name="seat"/>.</summary>
    public int HolderOf(int seat) => _holders[seat];

    /// <summary>Takes what the members said of one observation; NaN for a cold one.</summary>
    public void Observe(ReadOnlySpan<double> scores)
    {
        if (MedianVote(scores) is not { } median)
        {
            return;
        }

        for (var i = 0; i < scores.Length; i++)
        {
            _disagreements[i] += Math.Abs(scores[i] - median);
        }

        if (++_count == every)
        {
            Rotate();
            _count = 0;
            Array.Clear(_disagreements);
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_count);
        writer.WriteArray<int>(_holders);
        writer.WriteArray<double>(_disagreements);
    }

    public void Load(ref StateReader reader)
    {
        _count = reader.ReadInt32(0, every - 1);
        reader.ReadArray(_holders.AsSpan());
        reader.ReadArray(_disagreements.AsSpan());
        if (Array.Exists(_holders, h => h < 0 || h >= members) || _holders.Distinct().Count() != seats)
        {
            throw new StateFormatException($"members {string.Join(", ", _holders)} cannot hold {seats} seats");
        }
    }

    private double? MedianVote(ReadOnlySpan<double> scores)
    {
        var warm = 0;
        foreach (var holder in _holders)
        {
            if (!double.IsNaN(scores[holder]))
            {
                _votes[warm++] = scores[holder];
            }
        }

        if (warm == 0)
        {
            return null;
        }

        Array.Sort(_votes, 0, warm);
        return (_votes[(warm - 1) / 2] + _votes[warm / 2]) / 2;
    }

    /// <summary>Comparisons with NaN are false: who was cold at some time neither leaves nor comes.</summary>
    private void Rotate()
    {
        var (worst, best) = (-1, -1);
        for (var seat = 0; seat < seats; seat++)
        {
            var disagreement = _disagreements[_holders[seat]];
            worst = disagreement > (worst < 0 ? -1 : _disagreements[_holders[worst]]) ? seat : worst;
        }

        for (var member = 0; member < members; member++)
        {
            var isSpare = Array.IndexOf(_holders, member) < 0;
            best = isSpare && _disagreements[member] < (best < 0 ? double.PositiveInfinity : _disagreements[best]) ? member : best;
        }

        if (worst >= 0 && best >= 0 && _disagreements[best] < _disagreements[_holders[worst]])
        {
            _holders[worst] = best;
        }
    }
}
