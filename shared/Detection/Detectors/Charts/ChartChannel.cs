using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Charts;

/// <summary>A feature on a control chart: while its baseline is taken nothing is judged, then the chart follows each value before the baseline does.</summary>
internal abstract class ChartChannel(ChartOptions options) : Channel
{
    private ChartBaseline _baseline = new(options.Baseline, options.Adapt);

    public override bool IsWarm => _baseline.IsReady;

    protected ref readonly ChartBaseline Baseline => ref _baseline;

    public override void Learn(double value, long timeMs)
    {
        if (IsWarm)
        {
            Follow(value);
        }

        _baseline.Add(value);
    }

    public override void Save(StateWriter writer)
    {
        _baseline.Save(writer);
        SaveChart(writer);
    }

    public override void Load(ref StateReader reader)
    {
        _baseline.Load(ref reader);
        LoadChart(ref reader);
    }

    /// <summary>Takes <paramref name="value"/> into what the chart keeps beside its baseline.</summary>
    protected abstract void Follow(double value);

    protected abstract void SaveChart(StateWriter writer);

    protected abstract void LoadChart(ref StateReader reader);
}
