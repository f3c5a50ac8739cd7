using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Generator.Sources;
using Tidewatch.Kafka.Sources;
using Xunit;

namespace Tidewatch.Producers.Tests.Generator;

public sealed class SyntheticSourceTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Read_FlatOut_IsTheSameTwiceAndEndsAtCount()
    {
        var first = await ReadAsync(new() { Rate = 0, Count = 5_000 });
        var second = await ReadAsync(new() { Rate = 0, Count = 5_000 });
        first.Count.ShouldBe(5_000);
        first.Select(Text).ShouldBe(second.Select(Text));
        first[0].Observation.Time.ShouldBe(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Read_OtherSeed_GivesOtherValues()
    {
        var first = await ReadAsync(new() { Rate = 0, Count = 100 });
        var second = await ReadAsync(new() { Rate = 0, Count = 100, Seed = 2 });
        first.Select(Text).ShouldNotBe(second.Select(Text));
    }

    [Fact]
    public async Task Read_Live_GivesTheClocksTimesAtTheRate()
    {
        var start = _time.GetUtcNow();
        await using var items = new SyntheticSource(Options.Create(new SyntheticOptions { Rate = 10 }), _time).ReadAsync(default).GetAsyncEnumerator();
        for (var i = 0; i < 50; i++)
        {
            var next = items.MoveNextAsync();
            if (!next.IsCompleted)
            {
                _time.Advance(TimeSpan.FromSeconds(0.1));
            }

            (await next).ShouldBeTrue();
            items.Current.Observation.Time.ShouldBe(start + TimeSpan.FromSeconds(i / 10.0), TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public async Task Read_NoDomains_EndsAtOnce() => (await ReadAsync(new() { Domains = "" })).ShouldBeEmpty();

    private static string Text(SourcedObservation item) => item.Domain + System.Text.Encoding.UTF8.GetString(Contracts.Codecs.ObservationCodec.Encode(item.Observation));

    private async Task<List<SourcedObservation>> ReadAsync(SyntheticOptions options)
    {
        var read = new List<SourcedObservation>();
        await foreach (var item in new SyntheticSource(Options.Create(options), _time).ReadAsync(default))
        {
            read.Add(item);
        }

        return read;
    }
}
