using System.Globalization;
using System.Text;
using Tidewatch.Benchmarks.Scale;
using Tidewatch.Contracts.Processing;
using Tidewatch.Engine;
using Tidewatch.Engine.Settings;
using Tidewatch.TestKit;

namespace Tidewatch.Benchmarks.Memory;

/// <summary>Where the bytes of a series go in the engine that <c>scale</c> runs, without broker and process around it.</summary>
internal sealed class MemoryBenchmark : IPartitionOutput
{
    private const int Rounds = 20;
    private const int Transaction = 500;
    private const double LeastShown = 0.5;

    public bool IsLive => false;

    /// <summary><c>memory [series]</c>: prints bytes of each type a series.</summary>
    public static int Run(string[] arguments)
    {
        var series = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 50_000;
        var output = new MemoryBenchmark();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var engine = new SeriesEngine(new EngineScope("id", "topic", 0, "hosts"), new EngineRules(Settings()));
        for (var round = 0; round < Rounds; round++)
        {
            output.Send(engine, round, series);
        }

        engine.StateHash();
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"{(double)held / series:N0} bytes a series of {series:N0}, half z-score, half hour of the day");
        foreach (var (type, count, bytes) in ReachableObjects.From(engine).ByType.Where(t => t.Bytes >= LeastShown * series))
        {
            Console.WriteLine($"{(double)bytes / series,8:N1} bytes in {(double)count / series,5:N2} {Name(type)}");
        }

        GC.KeepAlive(engine);
        return 0;
    }

    /// <summary>What <see cref="ScaleDetector.Settings"/> says of the engine.</summary>
    private static EngineSettings Settings() => new()
    {
        Detector = "z-score", WarmUp = 8, Profiles = [new ProfileSettings { Match = "seasonal/*", Detector = "hour-of-day-residual" }],
    };

    private void Send(SeriesEngine engine, int round, int series)
    {
        for (var i = 0; i < series; i++)
        {
            if (i % Transaction == 0)
            {
                engine.Commit();
                engine.Begin();
            }

            var id = ScaleInput.IdOf(i);
            var time = 1_700_000_000_000L + (60_000L * round);
            var message = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"series":"{{id}}","time":{{time}},"value":{{50 + ((round + i) * 37L % 11 * 0.3)}}}"""));
            engine.Apply(new InputRecord(((long)round * series) + i, time, Encoding.UTF8.GetBytes(id), message), this);
        }

        engine.Commit();
    }

    private static string Name(Type type) => type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;

    public void Emit(Contracts.Alert alert)
    {
        // Not looked at.
    }

    public void Emit(Contracts.ScorePoint point)
    {
        // As above.
    }

    public void Reject(string stage, string code, string message) => throw new InvalidOperationException(message);
}
