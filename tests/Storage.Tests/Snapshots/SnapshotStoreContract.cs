using System.Text;
using Shouldly;
using Tidewatch.Contracts.State;
using Xunit;

namespace Tidewatch.Storage.Tests.Snapshots;

/// <summary>What the partition loop relies on, whichever tier it is.</summary>
public abstract class SnapshotStoreContract
{
    protected static PartitionIdentity Identity { get; } = new("cluster", "topic-id", "tidewatch.observations.hosts.v1", 2, 4, "detector", 1, 42);

    protected abstract Task<ISnapshotStore> OpenAsync();

    [Fact]
    public async Task Read_NothingWritten_IsEmpty() => (await (await OpenAsync()).ReadAsync(Identity, default)).ShouldBeEmpty();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(524_288)]
    [InlineData(1_500_000)]
    public async Task Read_WhatWasWritten_IsWhole(int bytes)
    {
        var store = await OpenAsync();
        var snapshot = Make(1, 100, bytes);
        (await store.WriteAsync(snapshot, default)).ShouldBe(WriteOutcome.Written);

        var read = (await store.ReadAsync(Identity, default)).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(read.Encode()).ShouldBe(Encoding.UTF8.GetString(snapshot.Manifest.Encode()));
        var segment = (await store.LoadAsync(read, default))!.ShouldHaveSingleItem();
        segment.Bytes.ToArray().ShouldBe(snapshot.Newest.ToArray());
        segment.Stamp.ShouldBe(100);
    }

    [Fact]
    public async Task Load_ChangesOnAWholeState_GivesAllSegmentsInOrder()
    {
        var store = await OpenAsync();
        var (whole, first) = (Make(1, 100, 700_000), default(Snapshot));
        await store.WriteAsync(whole, default);
        (await store.WriteAsync(first = Change(whole, 200, 10), default)).ShouldBe(WriteOutcome.Written);
        var second = Change(first, 300, 600_000);
        (await store.WriteAsync(second, default)).ShouldBe(WriteOutcome.Written);

        var read = await store.ReadAsync(Identity, default);
        read.Select(m => (m.Offset, m.ReplayFrom)).ShouldBe([(300, 295), (200, 195)]);
        var segments = (await store.LoadAsync(read[0], default))!;
        segments.Select(s => s.Stamp).ShouldBe([100, 200, 300]);
        segments.Select(s => s.Bytes.ToArray()).ShouldBe(new[] { whole, first, second }.Select(s => s.Newest.ToArray()));
        (await store.LoadAsync(read[1], default))!.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Write_ChangesOnWhatIsNotThere_SaysThatTheBaseIsLost()
    {
        var store = await OpenAsync();
        var whole = Make(1, 100, 10);
        (await store.WriteAsync(Change(whole, 200, 10), default)).ShouldBe(WriteOutcome.BaseLost);
        await store.WriteAsync(whole, default);
        await store.WriteAsync(Make(1, 150, 10), default);
        (await store.WriteAsync(Change(whole, 200, 10), default)).ShouldBe(WriteOutcome.BaseLost);

        (await store.ReadAsync(Identity, default)).Select(m => m.Offset).ShouldBe([150, 100]);
    }

    [Fact]
    public async Task Write_PartsOfAState_AreNoSnapshotUntilAllAreThereAndTakeNonesPlace()
    {
        var store = await OpenAsync();
        await store.WriteAsync(Make(1, 100, 10), default);
        await store.WriteAsync(Make(1, 150, 10), default);
        var first = Part(Make(1, 200, 700_000));
        var second = Part(Change(first, 300, 700_000));
        (await store.WriteAsync(first, default)).ShouldBe(WriteOutcome.Written);
        (await store.WriteAsync(second, default)).ShouldBe(WriteOutcome.Written);
        (await store.ReadAsync(Identity, default)).Select(m => m.Offset).ShouldBe([150, 100]);

        var last = Change(second, 400, 10);
        (await store.WriteAsync(last, default)).ShouldBe(WriteOutcome.Written);
        var read = await store.ReadAsync(Identity, default);
        read.Select(m => m.Offset).ShouldBe([400, 150], ignoreOrder: true);
        (await store.LoadAsync(read.First(m => m.Offset == 400), default))!.Select(s => s.Bytes.ToArray()).ShouldBe(new[] { first, second, last }.Select(s => s.Newest.ToArray()));
        (await store.WriteAsync(Change(last, 500, 10), default)).ShouldBe(WriteOutcome.Written);
    }

    [Fact]
    public async Task Write_PartsThatAnOwnerLeftBehind_AreFollowedByAnothersAndDropped()
    {
        var store = await OpenAsync();
        var (left, other) = (Part(Make(1, 200, 700_000)), Part(Make(2, 300, 10)));
        await store.WriteAsync(left, default);
        (await store.WriteAsync(other, default)).ShouldBe(WriteOutcome.Written);
        (await store.WriteAsync(Part(Change(left, 400, 10)), default)).ShouldBe(WriteOutcome.Outdated);

        (await store.LoadAsync(left.Manifest, default)).ShouldBeNull();
        (await store.ReadAsync(Identity, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_SeveralWritten_GivesTheNewestTwo()
    {
        var store = await OpenAsync();
        foreach (var offset in new[] { 100, 250, 300, 301 })
        {
            (await store.WriteAsync(Make(1, offset, 700_000 - offset), default)).ShouldBe(WriteOutcome.Written);
        }

        (await store.ReadAsync(Identity, default)).Select(s => s.Offset).ShouldBe([301, 300]);
    }

    [Fact]
    public async Task Write_OlderOffsetOrEpoch_IsRefused()
    {
        var store = await OpenAsync();
        (await store.WriteAsync(Make(2, 100, 10), default)).ShouldBe(WriteOutcome.Written);
        (await store.WriteAsync(Make(2, 99, 10), default)).ShouldBe(WriteOutcome.Outdated);
        (await store.WriteAsync(Make(1, 500, 10), default)).ShouldBe(WriteOutcome.Outdated);
        (await store.WriteAsync(Make(3, 90, 10), default)).ShouldBe(WriteOutcome.Written);

        (await store.ReadAsync(Identity, default)).Select(s => (s.Epoch, s.Offset)).ShouldBe([(2, 100), (3, 90)], ignoreOrder: true);
    }

    [Fact]
    public async Task NextEpoch_EachTime_IsLargerAndShutsOutTheOwnerBefore()
    {
        var store = await OpenAsync();
        var first = await store.NextEpochAsync(Identity, default);
        (await store.WriteAsync(Make(first, 10, 600_000), default)).ShouldBe(WriteOutcome.Written);
        var second = await store.NextEpochAsync(Identity, default);
        second.ShouldBeGreaterThan(first);

        (await store.WriteAsync(Make(first, 20, 600_000), default)).ShouldBe(WriteOutcome.Outdated);
        var read = (await store.ReadAsync(Identity, default)).ShouldHaveSingleItem();
        (read.Epoch, read.Offset).ShouldBe((first, 10));
    }

    [Fact]
    public async Task Read_AnotherIdentity_IsNotGiven()
    {
        var store = await OpenAsync();
        await store.WriteAsync(Make(1, 100, 10), default);

        foreach (var other in new[] { Identity with { ConfigHash = 43 }, Identity with { PartitionCount = 5 }, Identity with { TopicId = "new" }, Identity with { Partition = 3 }, Identity with { Group = "g" } })
        {
            (await store.ReadAsync(other, default)).ShouldBeEmpty();
        }
    }

    protected static Snapshot Make(long epoch, long offset, int bytes)
    {
        var payload = new byte[bytes];
        new Random((int)offset).NextBytes(payload);
        return With(payload, epoch, offset, offset, []);
    }

    /// <summary>A segment of changes on top of <paramref name="before"/>.</summary>
    private static Snapshot Change(Snapshot before, long offset, int bytes) =>
        With(Make(1, offset, bytes).Newest.ToArray(), before.Manifest.Epoch, offset, offset - 5, before.Manifest.Segments);

    private static Snapshot Part(Snapshot snapshot) => snapshot with { Manifest = snapshot.Manifest with { IsPartial = true } };

    private static Snapshot With(byte[] payload, long epoch, long offset, long replayFrom, IReadOnlyList<SnapshotSegment> before) => new(
        new SnapshotManifest
        {
            Identity = Identity,
            Offset = offset,
            ReplayFrom = replayFrom,
            Epoch = epoch,
            SeriesCount = 7,
            StateHash = 0xFFFF_FFFF_FFFF_FFF0,
            Segments = [.. before, SnapshotSegment.Of($"{epoch}-{offset}", offset, payload)],
        },
        payload);
}
