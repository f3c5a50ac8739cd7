using Tidewatch.Detection.Detectors.Statistics;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Seasonal;

/// <summary>The calendar regression of one feature.</summary>
internal sealed class CalendarChannel(CalendarResidualOptions options) : Channel
{
    private const int Weekdays = 7;
    private const long DayMs = 86_400_000;
    private const double Clip = 4;

    /// <summary>Standard deviation of a normal variable over its mean absolute value.</summary>
    private const double OfMeanAbsolute = 1.2533141373155001;

    /// <summary>Below this a value counts as none: the logarithm turns linear around 0.</summary>
    private const double Grain = 0.01;
    private readonly double[] _asked = new double[SizeOf(options)];
    private readonly double[] _inputs = new double[SizeOf(options)];
    private readonly RecursiveLeastSquares _model = new(SizeOf(options), 1 - (1.0 / options.Memory));
    private double _origin;
    private double _deviation;
    private long _learned;

    public override bool IsWarm => _learned >= options.WarmUp;

    private double Scale => Spread.Of(_deviation * OfMeanAbsolute, _origin);

    public override double Statistic(double value, long timeMs) => Math.Abs(Scaled(value) - Predict(timeMs, _asked)) / Scale;

    public override void Learn(double value, long timeMs)
    {
        var scaled = Scaled(value);
        _origin = _learned == 0 ? scaled : _origin;
        var error = scaled - Predict(timeMs, _inputs);
        var most = _learned < options.WarmUp ? double.MaxValue : Clip * Scale;
        error = Math.Clamp(error, -most, most);
        _model.Update(_inputs, error);
        _learned = Math.Min(_learned + 1, long.MaxValue - 1);
        _deviation += Math.Max(1.0 / options.Memory, 1.0 / _learned) * (Math.Abs(error) - _deviation);
    }

    public override bool TryExpect(out Expectation expectation)
    {
        var (center, reach) = (_origin + _model.Predict(_inputs), options.Width * Scale);
        expectation = new(Plain(center - reach), Plain(center), Plain(center + reach), Plain(center + Scale) - Plain(center));
        return double.IsFinite(expectation.Lower) && double.IsFinite(expectation.Upper);
    }

    public override void Save(StateWriter writer)
    {
        writer.Write(_learned);
        writer.Write(_origin);
        writer.Write(_deviation);
        writer.WriteArray<double>(_inputs);
        _model.Save(writer);
    }

    public override void Load(ref StateReader reader)
    {
        _learned = reader.ReadCount();
        (_origin, _deviation) = (reader.ReadDouble(), reader.ReadDouble());
        reader.ReadArray(_inputs.AsSpan());
        _model.Load(ref reader);
    }

    private double Scaled(double value) => options.Logarithmic ? Math.Asinh(value / Grain) : value;

    private double Plain(double scaled) => options.Logarithmic ? Grain * Math.Sinh(scaled) : scaled;

    private double Predict(long timeMs, double[] inputs)
    {
        Describe(timeMs, inputs);
        return _origin + _model.Predict(inputs);
    }

    private static int SizeOf(CalendarResidualOptions options) => 1 + (2 * options.Harmonics) + (options.Weekdays ? Weekdays - 1 : 0);

    private void Describe(long timeMs, double[] inputs)
    {
        var (day, time) = (Math.DivRem(timeMs, DayMs).Quotient, timeMs % DayMs);
        inputs[0] = 1;
        for (var k = 1; k <= options.Harmonics; k++)
        {
            (inputs[(2 * k) - 1], inputs[2 * k]) = Math.SinCos(2 * Math.PI * k * time / DayMs);
        }

        for (var i = 1; options.Weekdays && i < Weekdays; i++)
        {
            inputs[^i] = ((day % Weekdays) + Weekdays) % Weekdays == i ? 1 : 0;
        }
    }
}
