using Tidewatch.Detection;
using Tidewatch.Detection.Profiles;
using Tidewatch.Detection.Thresholds;
using Tidewatch.Evaluation.Nab;

namespace Tidewatch.Evaluation.Protocols;

/// <summary>Alerts that a profile opens on NAB's files, as whoever is called by them counts: inside a labelled window or not.</summary>
public static class CloudWatch
{
    /// <summary>The first five CloudWatch files by name, with eight anomalies: those OpenSearch's published figures (13 alarms, 7 of 8, 6 false) seem to speak of; it does not name them.</summary>
    public static IReadOnlyList<string> Files { get; } =
        ["ec2_cpu_utilization_24ae8d", "ec2_cpu_utilization_53ea38", "ec2_cpu_utilization_5f5533", "ec2_cpu_utilization_77c1ca", "ec2_cpu_utilization_825cc2"];

    /// <summary>Alerts opened on one file, those outside its windows, and the windows in which one was opened.</summary>
    public static (int Alarms, int False, int Found) Of(NabSeries series, DetectionProfile profile)
    {
        var pipeline = new DetectionPipeline(profile, 1, 1);
        var (alarms, outside, found) = (0, 0, new HashSet<int>());
        for (var row = 0; row < series.Values.Length; row++)
        {
            if (!double.IsNaN(series.Values[row]) && pipeline.Observe(series.Values.AsSpan(row, 1), series.TimesMs[row]).Transition == AlertTransition.Opened)
            {
                alarms++;
                var window = series.Windows.TakeWhile(w => row >= w.First + w.Width).Count();
                var inside = window < series.Windows.Count && row >= series.Windows[window].First;
                outside += inside ? 0 : 1;
                found.UnionWith(inside ? [window] : []);
            }
        }

        return (alarms, outside, found.Count);
    }
}
