using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Kafka.Tests;

public sealed class PublishAndConsumeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_ManyObservations_ArriveOnceInOrderPerSeries(bool real)
    {
        var bootstrap = real ? KafkaServer.Shared?.BootstrapServers : KafkaOptions.Embedded;
        Assert.SkipWhen(bootstrap is null, KafkaServer.Missing);
        await using var host = await StartAsync<Recorder>(bootstrap!);
        var publisher = host.GetRequiredService<IObservationPublisher>();
        for (var i = 0; i < 2_000; i++)
        {
            await publisher.PublishAsync("hosts", new Observation { Series = $"s{i % 7}", Time = DateTimeOffset.UnixEpoch.AddSeconds(i), Value = i }, TestContext.Current.CancellationToken);
        }

        await publisher.FlushAsync(TestContext.Current.CancellationToken);
        var records = host.GetRequiredService<Recorder>().Records;
        await Until(() => records.Count >= 2_000);
        var values = records.Select(Decode).ToList();
        values.Count.ShouldBe(2_000);
        values.GroupBy(o => o.Series).ShouldAllBe(g => g.Select(o => o.Value!.Value).SequenceEqual(g.Select(o => o.Value!.Value).Order()));
    }

    [Fact]
    public async Task Handle_FailsTwice_GetsTheSameBatchAgain()
    {
        await using var host = await StartAsync<FailsTwice>(KafkaOptions.Embedded);
        await host.GetRequiredService<IObservationPublisher>().PublishAsync("hosts", new Observation { Series = "s", Time = DateTimeOffset.UnixEpoch, Value = 1 }, TestContext.Current.CancellationToken);
        var handler = host.GetRequiredService<FailsTwice>();
        await Until(() => handler.Seen.Count >= 3);
        handler.Seen.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Handle_EffectStillWaits_TheOffsetIsNotCommittedUntilItIsDone()
    {
        var bootstrap = KafkaServer.Shared?.BootstrapServers;
        Assert.SkipWhen(bootstrap is null, KafkaServer.Missing);
        var prefix = UniqueName.Next();
        await using (var first = await StartAsync<Holds>(bootstrap!, prefix))
        {
            var publisher = first.GetRequiredService<IObservationPublisher>();
            var holds = first.GetRequiredService<Holds>();
            for (var i = 0; i < 3; i++)
            {
                await publisher.PublishAsync("hosts", new Observation { Series = "s", Time = DateTimeOffset.UnixEpoch.AddSeconds(i), Value = i }, TestContext.Current.CancellationToken);
                await Until(() => holds.Records.Count == i + 1);
            }

            holds.Unsettled = 1;
        }

        await using var second = await StartAsync<Holds>(bootstrap!, prefix);
        var again = second.GetRequiredService<Holds>();
        await Until(() => !again.Records.IsEmpty);
        again.Records.Select(r => Decode(r).Value).ShouldBe([2]);
    }

    private static Observation Decode(ReceivedRecord record)
    {
        var frame = new ObservationFrame();
        ObservationCodec.TryDecode(record.Value, frame, out _).ShouldBeTrue();
        return frame.ToObservation(record.Value);
    }

    private static async Task<Running> StartAsync<THandler>(string bootstrap, string? prefix = null)
        where THandler : class, IRecordHandler
    {
        var services = new ServiceCollection().AddLogging(b => b.SetMinimumLevel(LogLevel.None))
            .AddSingleton(Options.Create(new KafkaOptions { BootstrapServers = bootstrap, TopicPrefix = prefix ?? UniqueName.Next() }))
            .AddTidewatchConsumer<THandler>(names => new ConsumerOptions("recorder", "recorder", [names.Observations("hosts")]))
            .BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }

        return new Running(services);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(20, deadline.Token);
        }
    }

    private sealed class Running(ServiceProvider services) : IAsyncDisposable
    {
        public T GetRequiredService<T>()
            where T : notnull => services.GetRequiredService<T>();

        public async ValueTask DisposeAsync()
        {
            foreach (var service in services.GetServices<IHostedService>())
            {
                await service.StopAsync(CancellationToken.None);
            }

            await services.DisposeAsync();
        }
    }

    private sealed class Recorder : IRecordHandler
    {
        public ConcurrentQueue<ReceivedRecord> Records { get; } = new();

        public Task HandleAsync(IReadOnlyList<ReceivedRecord> records, CancellationToken cancellationToken)
        {
            foreach (var record in records)
            {
                Records.Enqueue(record);
            }

            return Task.CompletedTask;
        }
    }

    private sealed class Holds : IRecordHandler
    {
        public ConcurrentQueue<ReceivedRecord> Records { get; } = new();

        public int Unsettled { get; set; } = 3;

        public Task HandleAsync(IReadOnlyList<ReceivedRecord> records, CancellationToken cancellationToken)
        {
            Records.Enqueue(records[0]);
            return Task.CompletedTask;
        }
    }

    private sealed class FailsTwice : IRecordHandler
    {
        public ConcurrentQueue<long> Seen { get; } = new();

        public Task HandleAsync(IReadOnlyList<ReceivedRecord> records, CancellationToken cancellationToken)
        {
            Seen.Enqueue(records[0].Offset);
            return Seen.Count <= 2 ? throw new IOException("the sink is away") : Task.CompletedTask;
        }
    }
}
