using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Contracts.Processing;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Engine;
using Tidewatch.Engine.Settings;

namespace Tidewatch.Cli.Data;

/// <summary>The detector's own engine over one stream of observations and corrections, and what it said of the last one.</summary>
/// <param name="name">Of the run, in the engine's scope.</param>
/// <param name="settings">What judges; score points are made of every observation.</param>
internal sealed class EngineJudge(string name, EngineSettings settings) : IPartitionOutput
{
    private readonly SeriesEngine _engine = new(new EngineScope(name, name, 0, name), new EngineRules(settings with { ScoreInterval = TimeSpan.Zero }));
    private long _offset;

    /// <summary>Whether the last observation is anomalous.</summary>
    public bool IsFlagged { get; private set; }

    /// <summary>What it did to its series' alert.</summary>
    public AlertTransition Transition { get; private set; }

    /// <summary>The alert that it opened; null for none.</summary>
    public Alert? Opened { get; private set; }

    bool IPartitionOutput.IsLive => true;

    public void Observe(Observation observation)
    {
        (IsFlagged, Transition, Opened) = (false, AlertTransition.None, null);
        Apply(ObservationCodec.Encode(observation));
    }

    public void Correct(Correction correction) => Apply(CorrectionCodec.Encode(correction));

    void IPartitionOutput.Emit(Alert alert)
    {
        Opened = alert.State == AlertState.Opened ? alert : null;
        Transition = alert.State switch
        {
            AlertState.Opened => AlertTransition.Opened,
            AlertState.Resolved => AlertTransition.Resolved,
            _ => AlertTransition.Escalated,
        };
    }

    void IPartitionOutput.Emit(ScorePoint point) => IsFlagged = point.Severity != Severity.None;

    void IPartitionOutput.Reject(string stage, string code, string message) => throw new InvalidOperationException(message);

    private void Apply(byte[] value) => _engine.Apply(new InputRecord(_offset++, -1, default, value), this);
}
