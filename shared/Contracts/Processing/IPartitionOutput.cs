namespace Tidewatch.Contracts.Processing;

/// <summary>Where a processor's effects go: into the running transaction, or nowhere during replay.</summary>
public interface IPartitionOutput
{
    /// <summary>False during replay: what is emitted is dropped, so a processor may save itself the work.</summary>
    bool IsLive { get; }

    void Emit(Alert alert);

    void Emit(ScorePoint point);

    void Reject(string stage, string code, string message);
}
