using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Thresholds;

/// <summary>The rest after an alarm: whoever reads it needs no second one for the same trouble.</summary>
/// <param name="rest">Observations after an alarm in which none is raised, at least 0.</param>
public sealed class Refractory(int rest)
{
    private int _left;

    /// <summary>Takes the next observation's judgement; true when it is an alarm and none was raised within the rest.</summary>
    public bool Raise(bool isAlarm)
    {
        if (_left > 0)
        {
            _left--;
            return false;
        }

        _left = isAlarm ? rest : 0;
        return isAlarm;
    }

    public void Save(StateWriter writer) => writer.Write(_left);

    public void Load(ref StateReader reader) => _left = reader.ReadInt32(0, rest);
}
