using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Neural;

/// <summary>Options of <see cref="ConvolutionMemoryDetector"/>.</summary>
public sealed record ConvolutionMemoryOptions : NeuralOptions
{
    /// <summary>Values a filter sees, 2 to 16, at most the window; default 5.</summary>
    [Range(2, 16)]
    public int Kernel { get; init; } = 5;

    /// <summary>Filters, 1 to 32; default 4.</summary>
    [Range(1, 32)]
    public int Filters { get; init; } = 4;

    /// <summary>Which nearest neighbour in the memory counts, 1 to 32; default 4.</summary>
    [Range(1, 32)]
    public int Neighbor { get; init; } = 4;
}

/// <summary>Distance of a window's encoding to the nearest of a memory of encodings (MemStream, Bhatia et al. 2022; PaAno, Park 2026), the encoder a 1-D convolution trained to reconstruct.</summary>
public sealed class ConvolutionMemoryDetector(ConvolutionMemoryOptions options, SeriesContext context)
    : NeuralDetector(options, context), IDetector<ConvolutionMemoryDetector, ConvolutionMemoryOptions>
{
    public static string Name => "convolution-memory";

    public static string Summary => "Distance of a window's convolutional encoding to the nearest in a memory of normal ones.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate;

    public static ConvolutionMemoryDetector Create(ConvolutionMemoryOptions options, SeriesContext context) => new(options, context);

    protected override WindowNetwork Build(int length, ref SeededRandom random) => new ConvolutionNetwork(length, options, ref random);
}

/// <summary>Convolution, tanh, latent, and a linear way back; after training the windows' latents are the memory.</summary>
internal sealed class ConvolutionNetwork : WindowNetwork
{
    private readonly ConvolutionMemoryOptions _options;
    private readonly AffineBlock _filter, _narrow, _out;
    private readonly double[] _nearest;
    private double[] _memory = [];

    public ConvolutionNetwork(int length, ConvolutionMemoryOptions options, ref SeededRandom random)
        : base(new Parameters())
    {
        _options = options;
        var kernel = Math.Min(options.Kernel, length);
        _filter = Parameters.Affine(options.Filters, kernel, ref random);
        _narrow = Parameters.Affine(options.Latent, options.Filters * (length - kernel + 1), ref random);
        _out = Parameters.Affine(length, options.Latent, ref random);
        Parameters.Seal();
        _nearest = new double[options.Neighbor];
    }

    public override void Train(ReadOnlySpan<double> rows, int length, NeuralOptions options, ref SeededRandom random)
    {
        base.Train(rows, length, options, ref random);
        _memory = new double[rows.Length / length * _options.Latent];
        for (var row = 0; row < rows.Length / length; row++)
        {
            Scratch.Reset();
            Scratch.Values(Encode(Scratch, Scratch.Input(rows.Slice(row * length, length)))).CopyTo(_memory.AsSpan(row * _options.Latent));
        }
    }

    public override double Unusualness(ReadOnlySpan<double> window)
    {
        Scratch.Reset();
        var code = Scratch.Values(Encode(Scratch, Scratch.Input(window)));
        _nearest.AsSpan().Fill(double.MaxValue);
        for (var start = 0; start < _memory.Length; start += code.Length)
        {
            var distance = TensorPrimitives.Distance(code, _memory.AsSpan(start, code.Length));
            for (var i = 0; i < _nearest.Length && distance < double.MaxValue; i++)
            {
                if (distance < _nearest[i])
                {
                    (distance, _nearest[i]) = (_nearest[i], distance);
                }
            }
        }

        return _nearest[^1];
    }

    public override Variable Loss(Tape tape, Variable window, ref SeededRandom random) => Error(tape, window);

    public override Variable Error(Tape tape, Variable window) =>
        tape.MeanSquaredError(tape.Affine(_out, Encode(tape, window)), window);

    public override void Save(StateWriter writer)
    {
        base.Save(writer);
        writer.WriteArray<double>(_memory);
    }

    public override void Load(ref StateReader reader)
    {
        base.Load(ref reader);
        _memory = reader.ReadArray<double>(_options.TrainingWindows * _options.Latent);
        if (_memory.Length % _options.Latent != 0)
        {
            throw new StateFormatException($"{_memory.Length} values are no memory of {_options.Latent} a window");
        }
    }

    private Variable Encode(Tape tape, Variable window)
    {
        var kernel = _filter.Columns;
        var maps = tape.Affine(_filter, Tape.Slice(window, 0, kernel));
        for (var start = 1; start + kernel <= window.Length; start++)
        {
            maps = tape.Concat(maps, tape.Affine(_filter, Tape.Slice(window, start, kernel)));
        }

        return tape.Affine(_narrow, tape.Tanh(maps));
    }
}
