using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;

namespace Tidewatch.Engine.Tests;

/// <summary>Keeps what an engine emits.</summary>
internal sealed class RecordedOutput : IPartitionOutput
{
    public List<Alert> Alerts { get; } = [];

    public List<ScorePoint> Points { get; } = [];

    public List<(string Stage, string Code, string Message)> Rejections { get; } = [];

    public bool IsLive { get; set; } = true;

    public void Emit(Alert alert) => Alerts.Add(alert);

    public void Emit(ScorePoint point) => Points.Add(point);

    public void Reject(string stage, string code, string message) => Rejections.Add((stage, code, message));
}
