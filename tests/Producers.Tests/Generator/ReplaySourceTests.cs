using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Generator.Replay;
using Tidewatch.Generator.Sources;
using Tidewatch.Kafka.Sources;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Producers.Tests.Generator;

public sealed class ReplaySourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidewatch-replay-").FullName;
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Read_FileOfTimestampAndValue_GivesItsTimesAndValuesInOrder()
    {
        var path = Write("pump.csv", "timestamp,value\n2014-07-01 00:00:00,1.5\n2014-07-01 00:05:00,-2e3\n");
        var (source, read) = await ReadAsync(new() { Path = path });
        read.Select(r => (r.Domain, r.Observation.Series, r.Observation.Time, r.Observation.Value, r.Observation.Label)).ShouldBe(
        [
            ("replay", "replay/pump", new DateTimeOffset(2014, 7, 1, 0, 0, 0, TimeSpan.Zero), 1.5, null),
            ("replay", "replay/pump", new DateTimeOffset(2014, 7, 1, 0, 5, 0, TimeSpan.Zero), -2_000, null),
        ]);
        source.BadRowsSoFar.ShouldBe(0);
    }

    [Theory]
    [InlineData("when", "kW", "fault")]
    [InlineData("WHEN", "kw", "Fault")]
    [InlineData("2", "3", "4")]
    public async Task Read_ColumnsByNameOrPosition_FindsThem(string time, string value, string label)
    {
        var path = Write("site.csv", "id,when,kW,fault\n7,2020-01-02T03:04:05Z,3.5,1\n8,2020-01-02T03:04:06Z,4.5,false\n");
        var (_, read) = await ReadAsync(new() { Path = path, TimeColumn = time, ValueColumn = value, LabelColumn = label });
        read.Select(r => (r.Observation.Value, r.Observation.Label)).ShouldBe([(3.5, true), (4.5, false)]);
    }

    [Fact]
    public async Task Read_NoHeaderAndSemicolons_TakesTimeAndValueByPosition()
    {
        var (_, read) = await ReadAsync(new() { Path = Write("raw.csv", "1577934245;3.5\n1577934246;4.5\n") });
        read.Select(r => (r.Observation.Time.ToUnixTimeSeconds(), r.Observation.Value)).ShouldBe([(1577934245, 3.5), (1577934246, 4.5)]);
    }

    [Fact]
    public async Task Read_QuotedCells_AreUnquoted()
    {
        var (_, read) = await ReadAsync(new() { Path = Write("q.csv", "timestamp,note,value\n\"2020-01-01 00:00:00\",\"a, b\",\"1.25\"\n"), ValueColumn = "value" });
        read.Single().Observation.Value.ShouldBe(1.25);
    }

    [Fact]
    public async Task Read_BadRows_AreCountedAndTheOthersPublished()
    {
        var path = Write("bad.csv", "timestamp,value\n2020-01-01 00:00:00,1\nyesterday,2\n2020-01-01 00:00:02,NaN\n2020-01-01 00:00:03,1,5\n2020-01-01 00:00:04\n1960-01-01 00:00:00,6\n2020-01-01 00:00:05,7\n");
        var (source, read) = await ReadAsync(new() { Path = path });
        read.Select(r => r.Observation.Value).ShouldBe([1, 1, 7]);
        source.BadRowsSoFar.ShouldBe(4);
    }

    [Fact]
    public async Task Read_BadRowAndStop_NamesFileLineColumnAndValue()
    {
        var path = Write("bad.csv", "timestamp,value\n2020-01-01 00:00:00,1\n2020-01-01 00:00:01,abc\n2020-01-01 00:00:02,3\n");
        var seen = new List<SourcedObservation>();
        var error = await Should.ThrowAsync<SourceStoppedException>(async () =>
        {
            await foreach (var item in Source(new() { Path = path, BadRows = BadRows.Stop }).ReadAsync(default))
            {
                seen.Add(item);
            }
        });
        seen.Count.ShouldBe(1);
        error.Message.ShouldStartWith($"{path}, line 3, column value: 'abc' is not a finite number");
    }

    [Fact]
    public async Task Read_Speed_WaitsAsTheFilesTimesSay()
    {
        var path = Write("slow.csv", "timestamp,value\n2020-01-01 00:00:00,1\n2020-01-01 00:10:00,2\n2020-01-01 00:20:00,3\n");
        await using var rows = Source(new() { Path = path, Speed = 60 }).ReadAsync(default).GetAsyncEnumerator();
        (await rows.MoveNextAsync()).ShouldBeTrue();
        var second = rows.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(9.9));
        second.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.1));
        (await second).ShouldBeTrue();
    }

    [Fact]
    public async Task Read_Loop_GoesOnWithGrowingTimes()
    {
        var path = Write("round.csv", "timestamp,value\n2020-01-01 00:00:00,1\n2020-01-01 00:00:10,2\n");
        var times = new List<DateTimeOffset>();
        await foreach (var (_, observation) in Source(new() { Path = path, Loop = true }).ReadAsync(default))
        {
            times.Add(observation.Time);
            if (times.Count == 5)
            {
                break;
            }
        }

        times.Select(t => (t - times[0]).TotalSeconds).ShouldBe([0, 10, 20, 30, 40]);
    }

    [Fact]
    public async Task Read_Folder_TakesEveryFileWithItsFolderInTheSeries()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "b"));
        Write("a.csv", "timestamp,value\n2020-01-01,1\n");
        Write("b/a.csv", "timestamp,value\n2020-01-01,2\n");
        var (_, read) = await ReadAsync(new() { Path = _folder });
        read.Select(r => r.Observation.Series).ShouldBe(["replay/a", "replay/b/a"]);
    }

    [Fact]
    public async Task Read_MachineTemperature_GivesEveryRow()
    {
        const string Nab = "nab/data/realKnownCause/machine_temperature_system_failure.csv";
        var path = ServerFolder.Data(Nab);
        Assert.SkipWhen(path is null, $"no data/{Nab} under SERVERS");
        var (source, read) = await ReadAsync(new() { Path = path });
        read.Count.ShouldBe(File.ReadLines(path).Count() - 1);
        read.ShouldAllBe(r => r.Observation.Series == "replay/machine_temperature_system_failure");
        source.BadRowsSoFar.ShouldBe(0);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private ReplaySource Source(ReplayOptions options) => new(Options.Create(options), _time, NullLogger<ReplaySource>.Instance);

    private async Task<(ReplaySource Source, List<SourcedObservation> Read)> ReadAsync(ReplayOptions options)
    {
        var source = Source(options);
        var read = new List<SourcedObservation>();
        await foreach (var item in source.ReadAsync(default))
        {
            read.Add(item);
        }

        return (source, read);
    }
}
