using BenchmarkDotNet.Running;
using Tidewatch.Benchmarks.Detectors;
using Tidewatch.Detection;

if (args is ["quick", .. var names])
{
    DetectorSpeed.Print(names.Length > 0 ? names : DetectorCatalog.All.Select(e => e.Name));
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(DetectorSpeed).Assembly).Run(args);
return 0;
