using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Thresholds;

/// <summary>A quantile of the past scores, followed in one number: a step up for a score above, a smaller one down for a score below (stochastic approximation, Robbins, Monro 1951).</summary>
/// <remarks>Never below <paramref name="least"/>: where nothing is unusual, nothing is anomalous.</remarks>
/// <param name="quantile">Share of scores below the line, 0.5 to 0.99999.</param>
/// <param name="least">Lowest line, in (0, 1].</param>
public sealed class QuantileCut(double quantile, double least) : ICut
{
    private const double FirstStep = 0.1;
    private const double LastStep = 0.01;
    private double _quantile;
    private long _count;

    public double Value => Math.Max(least, _quantile);

    public void Learn(double score)
    {
        _count++;
        var step = Math.Max(LastStep, FirstStep / Math.Sqrt(_count));
        _quantile = Math.Clamp(_quantile + (step * (score > _quantile ? quantile : quantile - 1)), 0, 1);
    }

    public void Correct(double score, bool isAnomaly)
    {
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_quantile);
        writer.Write(_count);
    }

    public void Load(ref StateReader reader)
    {
        (_quantile, _count) = (reader.ReadDouble(), reader.ReadInt64());
        if (!(_quantile is >= 0 and <= 1) || _count < 0)
        {
            throw new StateFormatException($"{_quantile} of {_count} scores is not a quantile of scores");
        }
    }
}
