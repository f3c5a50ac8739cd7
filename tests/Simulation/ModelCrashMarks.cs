using Tidewatch.Contracts.Processing;
using Tidewatch.Kafka.Partitions;
using Tidewatch.Kafka.Partitions.Marks;

namespace Tidewatch.Simulation;

/// <summary>What a member's disk keeps of the records that it had in hand when it died.</summary>
public sealed class ModelCrashMarks(World world) : ICrashMarks
{
    private readonly Dictionary<InputPartition, ModelMark> _marks = [];

    public ICrashMark Of(InputPartition partition) => _marks.TryGetValue(partition, out var mark) ? mark : _marks[partition] = new ModelMark();

    /// <summary>The process is gone, and another begins.</summary>
    public void Died()
    {
        foreach (var (partition, mark) in _marks)
        {
            if (world.Is(Sabotage.ForgetDeaths))
            {
                mark.GiveUp();
            }

            if (mark.Died() is { } held)
            {
                world.DiedOn(partition.Number, held);
            }
        }
    }

    private sealed class ModelMark : ICrashMark
    {
        private bool _isGivenUp;
        private (long Offset, int LeaderEpoch)? _held;
        private ((long Offset, int LeaderEpoch) Of, int Times) _deaths;

        public int Deaths(in InputRecord record) => Deaths((record.Offset, record.LeaderEpoch));

        public void Hold(in InputRecord record) => _held = (record.Offset, record.LeaderEpoch);

        public void Release() => _held = null;

        public void GiveUp() => _isGivenUp = true;

        /// <summary>The record that was in hand; null for none.</summary>
        public (long Offset, int LeaderEpoch)? Died()
        {
            if (_isGivenUp)
            {
                (_isGivenUp, _deaths) = (false, default);
            }

            if (_held is { } held)
            {
                _deaths = (held, Deaths(held) + 1);
            }

            var died = _held;
            _held = null;
            return died;
        }

        private int Deaths((long Offset, int LeaderEpoch) record) => _deaths.Of == record ? _deaths.Times : 0;
    }
}
