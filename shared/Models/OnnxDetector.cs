using System.Collections.Concurrent;
using Tidewatch.Detection;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Models;

/// <summary>Bring your own model: an ONNX file scores every observation, or the last few of them as one row.</summary>
/// <remarks>The file is loaded once a process and shared by all series. It learns nothing; the state is the row that is being filled.</remarks>
public sealed class OnnxDetector : StreamDetector, IDetector<OnnxDetector, OnnxOptions>, IReferencedDetector
{
    private static readonly ConcurrentDictionary<(string Path, string Input, string Output, int Width), Lazy<OnnxModel>> Loaded = new();
    private readonly OnnxOptions _options;
    private readonly OnnxModel _model;
    private readonly float[] _row;
    private readonly int _dimension;
    private readonly double[] _score = new double[1];
    private int _seen;

    private OnnxDetector(OnnxOptions options, SeriesContext context)
    {
        (_options, _dimension, _row) = (options, context.Dimension, new float[options.Length * context.Dimension]);
        var key = (options.Path, options.Input, options.Output, _row.Length);
        _model = Loaded.GetOrAdd(key, k => new Lazy<OnnxModel>(() => OnnxModel.Load(k.Path, k.Input, k.Output, k.Width))).Value;
    }

    public static string Name => "onnx";

    public static string Summary => "A model of your own: an ONNX file that scores rows of observations.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate;

    public override bool IsWarm => _seen >= _options.Length - 1;

    protected override double Half => _options.Half;

    public static OnnxDetector Create(OnnxOptions options, SeriesContext context) => new(options, context);

    /// <summary>The mean over the row: the last observations that were learned.</summary>
    public double ReferenceOf(int feature)
    {
        var sum = 0.0;
        for (var i = feature; i < _row.Length; i += _dimension)
        {
            sum += _row[i];
        }

        return sum / _options.Length;
    }

    public override void Learn(in Sample sample)
    {
        _row.AsSpan(_dimension).CopyTo(_row);
        Fill(sample.Values, _row.AsSpan(_row.Length - _dimension));
        _seen = Math.Min(_seen + 1, _options.Length);
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_seen);
        writer.WriteArray<float>(_row);
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _seen = reader.ReadInt32(0, _options.Length);
        reader.ReadArray(_row.AsSpan());
    }

    protected override double Statistic(in Sample sample)
    {
        var row = new float[_row.Length];
        _row.AsSpan(_dimension).CopyTo(row);
        Fill(sample.Values, row.AsSpan(row.Length - _dimension));
        _model.Score(row, _score);
        return _score[0];
    }

    private static void Fill(ReadOnlySpan<double> values, Span<float> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = (float)Math.Clamp(values[i], float.MinValue, float.MaxValue);
        }
    }
}
