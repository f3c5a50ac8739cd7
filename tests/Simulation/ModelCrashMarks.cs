using Tidewatch.Kafka.Partitions;
using Tidewatch.Kafka.Partitions.Marks;

namespace Tidewatch.Simulation;

/// <summary>What a member's disk keeps of the records that it had in hand when it died.</summary>
public sealed class ModelCrashMarks : ICrashMarks
{
    private readonly Dictionary<InputPartition, ModelMark> _marks = [];

    public ICrashMark Of(InputPartition partition) => _marks.TryGetValue(partition, out var mark) ? mark : _marks[partition] = new ModelMark();

    /// <summary>The process is gone, and another begins.</summary>
    public void Died()
    {
        foreach (var mark in _marks.Values)
        {
            mark.Died();
        }
    }

    private sealed class ModelMark : ICrashMark
    {
        private long? _held;
        private (long Offset, int Times) _deaths;

        public int Deaths(long offset) => _deaths.Offset == offset ? _deaths.Times : 0;

        public void Hold(long offset) => _held = offset;

        public void Release() => _held = null;

        public void Died()
        {
            if (_held is { } held)
            {
                _deaths = (held, Deaths(held) + 1);
                _held = null;
            }
        }
    }
}
