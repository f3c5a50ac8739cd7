using Tidewatch.Contracts.State;
using Tidewatch.Storage.Snapshots;

namespace Tidewatch.Storage.Tests.Snapshots;

public sealed class MemorySnapshotStoreTests : SnapshotStoreContract
{
    protected override Task<ISnapshotStore> OpenAsync() => Task.FromResult<ISnapshotStore>(new MemorySnapshotStore());
}
