using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Neural;

/// <summary>Options of <see cref="AutoencoderDetector"/>.</summary>
public sealed record AutoencoderOptions : NeuralOptions;

/// <summary>Error of putting a window through a narrow layer and back (Hinton, Salakhutdinov 2006; Sakurada, Yairi 2014).</summary>
public sealed class AutoencoderDetector(AutoencoderOptions options, SeriesContext context)
    : NeuralDetector(options, context), IDetector<AutoencoderDetector, AutoencoderOptions>
{
    public static string Name => "autoencoder";

    public static string Summary => "Reconstruction error of a window by a small autoencoder.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate;

    public static AutoencoderDetector Create(AutoencoderOptions options, SeriesContext context) => new(options, context);

    protected override WindowNetwork Build(int length, ref SeededRandom random) => new AutoencoderNetwork(length, options, ref random);
}

/// <summary>Window, hidden, latent, hidden, window; tanh between.</summary>
internal sealed class AutoencoderNetwork : WindowNetwork
{
    private readonly AffineBlock _in, _narrow, _widen, _out;

    public AutoencoderNetwork(int length, NeuralOptions options, ref SeededRandom random)
        : base(new Parameters())
    {
        _in = Parameters.Affine(options.Hidden, length, ref random);
        _narrow = Parameters.Affine(options.Latent, options.Hidden, ref random);
        _widen = Parameters.Affine(options.Hidden, options.Latent, ref random);
        _out = Parameters.Affine(length, options.Hidden, ref random);
        Parameters.Seal();
    }

    public override Variable Loss(Tape tape, Variable window, ref SeededRandom random) => Error(tape, window);

    public override Variable Error(Tape tape, Variable window)
    {
        var latent = tape.Affine(_narrow, tape.Tanh(tape.Affine(_in, window)));
        return tape.MeanSquaredError(tape.Affine(_out, tape.Tanh(tape.Affine(_widen, latent))), window);
    }
}
