using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tidewatch.Kafka.Sources;
using Xunit;

namespace Tidewatch.Producers.Tests.Sources;

public sealed class SourcePublisherTests
{
    private readonly FakePublisher _publisher = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Execute_SourceEnds_PublishesAllInOrderAndFlushes()
    {
        using var service = Of(new ListSource(1_000));
        await service.StartAsync(default);
        await service.ExecuteTask!;
        _publisher.Published.Select(p => p.Observation.Value!.Value).ShouldBe(Enumerable.Range(0, 1_000).Select(i => (double)i));
        _publisher.Flushes.ShouldBe(1);
        service.Trouble().ShouldBeNull();
    }

    [Fact]
    public async Task Execute_SourceStopped_StaysStoppedAndSaysWhy()
    {
        using var service = Of(new ListSource(3, new SourceStoppedException("line 7 is bad")));
        await service.StartAsync(default);
        await service.ExecuteTask!;
        _publisher.Published.Count.ShouldBe(3);
        service.Trouble().ShouldBe("list stopped: line 7 is bad");
        (await HealthOf(service)).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task Execute_Bug_FailsTheService()
    {
        var before = Environment.ExitCode;
        using var service = Of(new ListSource(0, new InvalidOperationException("bug")));
        await service.StartAsync(default);
        await Should.ThrowAsync<InvalidOperationException>(() => service.ExecuteTask!);
        Environment.ExitCode.ShouldBe(1);
        Environment.ExitCode = before;
    }

    [Fact]
    public async Task Trouble_QueueFullForLong_NamesKafkaUntilThereIsRoom()
    {
        var gate = new TaskCompletionSource();
        _publisher.Gate = gate.Task;
        using var service = Of(new ListSource(1));
        await service.StartAsync(default);
        await Eventually.IsTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(11));
                return service.Trouble() is not null;
            },
            "the trouble");
        service.Trouble().ShouldNotBeNull().ShouldContain("is Kafka up?");
        gate.SetResult();
        await service.ExecuteTask!;
        service.Trouble().ShouldBeNull();
    }

    [Fact]
    public async Task Stop_WhileWaitingForRoom_EndsWithoutError()
    {
        _publisher.Gate = new TaskCompletionSource().Task;
        using var service = Of(new ListSource(1));
        await service.StartAsync(default);
        await service.StopAsync(default);
        _publisher.Published.ShouldBeEmpty();
    }

    [Fact]
    public async Task Health_SourceInTrouble_IsUnhealthyWithItsReason()
    {
        using var service = Of(new ListSource(0) { Trouble = "the API is away" });
        (await HealthOf(service)).Description.ShouldBe("the API is away");
    }

    private static Task<HealthCheckResult> HealthOf(SourcePublisher service) => new SourceHealthCheck("list-service", [service]).CheckHealthAsync(new());

    private SourcePublisher Of(ISource source) => new(source, "list-service", _publisher, _time, NullLogger<SourcePublisher>.Instance);
}
