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
        (await store.WriteAsync(snapshot, default)).ShouldBeTrue();

        var read = (await store.ReadAsync(Identity, default)).ShouldHaveSingleItem();
        read.Payload.ToArray().ShouldBe(snapshot.Payload.ToArray());
        (read with { Payload = default }).ShouldBe(snapshot with { Payload = default });
    }

    [Fact]
    public async Task Read_SeveralWritten_GivesTheNewestTwo()
    {
        var store = await OpenAsync();
        foreach (var offset in new[] { 100, 250, 300, 301 })
        {
            (await store.WriteAsync(Make(1, offset, 700_000 - offset), default)).ShouldBeTrue();
        }

        (await store.ReadAsync(Identity, default)).Select(s => s.Offset).ShouldBe([301, 300]);
    }

    [Fact]
    public async Task Write_OlderOffsetOrEpoch_IsRefused()
    {
        var store = await OpenAsync();
        (await store.WriteAsync(Make(2, 100, 10), default)).ShouldBeTrue();
        (await store.WriteAsync(Make(2, 99, 10), default)).ShouldBeFalse();
        (await store.WriteAsync(Make(1, 500, 10), default)).ShouldBeFalse();
        (await store.WriteAsync(Make(3, 90, 10), default)).ShouldBeTrue();

        (await store.ReadAsync(Identity, default)).Select(s => (s.Epoch, s.Offset)).ShouldBe([(2, 100), (3, 90)], ignoreOrder: true);
    }

    [Fact]
    public async Task NextEpoch_EachTime_IsLargerAndShutsOutTheOwnerBefore()
    {
        var store = await OpenAsync();
        var first = await store.NextEpochAsync(Identity, default);
        (await store.WriteAsync(Make(first, 10, 600_000), default)).ShouldBeTrue();
        var second = await store.NextEpochAsync(Identity, default);
        second.ShouldBeGreaterThan(first);

        (await store.WriteAsync(Make(first, 20, 600_000), default)).ShouldBeFalse();
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
        return new Snapshot(Identity, offset, epoch, 7, 0xFFFF_FFFF_FFFF_FFF0, payload);
    }
}
