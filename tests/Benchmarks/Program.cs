using BenchmarkDotNet.Running;
using Tidewatch.Benchmarks.Cost;
using Tidewatch.Benchmarks.Detectors;
using Tidewatch.Benchmarks.Line;
using Tidewatch.Benchmarks.Memory;
using Tidewatch.Benchmarks.Pause;
using Tidewatch.Benchmarks.Scale;
using Tidewatch.Detection;

switch (args)
{
    case ["quick", .. var names]:
        foreach (var line in DetectorSpeed.Lines(names.Length > 0 ? names : DetectorCatalog.All.Select(e => e.Name)))
        {
            Console.WriteLine(line);
        }

        return 0;
    case ["detectors", var file]:
        DetectorPage.Write(file);
        return 0;
    case ["line", .. var rest]:
        return await LineBenchmark.RunAsync(rest);
    case ["cost", .. var rest]:
        return await CostBenchmark.RunAsync(rest);
    case ["memory", .. var rest]:
        return MemoryBenchmark.Run(rest);
    case ["pause", .. var rest]:
        return await PauseBenchmark.RunAsync(rest);
    case ["scale", .. var rest]:
        return await ScaleBenchmark.RunAsync(rest);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(DetectorSpeed).Assembly).Run(args);
        return 0;
}
