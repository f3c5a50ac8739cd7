using Tidewatch.Contracts;

namespace Tidewatch.Engine;

/// <summary>Counts what an engine does; state never depends on it. Called on the partition's thread; must not allocate in <see cref="Scored"/>.</summary>
public interface IEngineObserver
{
    /// <summary>An observation was scored; <paramref name="appendedMs"/> is its record's timestamp, Unix milliseconds.</summary>
    void Scored(long appendedMs);

    /// <summary>An observation was not scored, for a reason of <see cref="RejectCode"/>.</summary>
    void Rejected(string code);

    void Alerted(Severity severity);

    /// <summary>A person's judgement was applied.</summary>
    void Corrected(Feedback feedback);

    /// <summary>What was counted since the last call is final.</summary>
    void Committed();

    /// <summary>What was counted since the last call did not happen.</summary>
    void RolledBack();
}
