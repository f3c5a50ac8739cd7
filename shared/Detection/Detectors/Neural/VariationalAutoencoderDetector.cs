using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Neural;

/// <summary>Options of <see cref="VariationalAutoencoderDetector"/>.</summary>
public sealed record VariationalAutoencoderOptions : NeuralOptions
{
    /// <summary>Weight of the latent's divergence from a standard normal beside the squared error, 0 to 10; default 0.05 (beta of Higgins et al. 2017).</summary>
    [Range(0, 10)]
    public double Beta { get; init; } = 0.05;
}

/// <summary>Negative evidence bound of a window under a variational autoencoder (Kingma, Welling 2014; An, Cho 2015), with the latent at its mean.</summary>
public sealed class VariationalAutoencoderDetector(VariationalAutoencoderOptions options, SeriesContext context)
    : NeuralDetector(options, context), IDetector<VariationalAutoencoderDetector, VariationalAutoencoderOptions>
{
    public static string Name => "variational-autoencoder";

    public static string Summary => "Evidence bound of a window under a small variational autoencoder.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate;

    public static VariationalAutoencoderDetector Create(VariationalAutoencoderOptions options, SeriesContext context) => new(options, context);

    protected override WindowNetwork Build(int length, ref SeededRandom random) => new VariationalNetwork(length, options, ref random);
}

/// <summary>Encoder to mean and log-variance, decoder from a sample of them.</summary>
internal sealed class VariationalNetwork : WindowNetwork
{
    private readonly AffineBlock _in, _mean, _logVariance, _widen, _out;
    private readonly double _beta;

    public VariationalNetwork(int length, VariationalAutoencoderOptions options, ref SeededRandom random)
        : base(new Parameters())
    {
        _beta = options.Beta;
        _in = Parameters.Affine(options.Hidden, length, ref random);
        _mean = Parameters.Affine(options.Latent, options.Hidden, ref random);
        _logVariance = Parameters.Affine(options.Latent, options.Hidden, ref random);
        _widen = Parameters.Affine(options.Hidden, options.Latent, ref random);
        _out = Parameters.Affine(length, options.Hidden, ref random);
        Parameters.Seal();
    }

    public override Variable Loss(Tape tape, Variable window, ref SeededRandom random)
    {
        Span<double> noise = stackalloc double[_mean.Rows];
        foreach (ref var draw in noise)
        {
            draw = random.NextNormal();
        }

        return Bound(tape, window, noise);
    }

    public override Variable Error(Tape tape, Variable window)
    {
        Span<double> none = stackalloc double[_mean.Rows];
        none.Clear();
        return Bound(tape, window, none);
    }

    private Variable Bound(Tape tape, Variable window, ReadOnlySpan<double> noise)
    {
        var hidden = tape.Tanh(tape.Affine(_in, window));
        var mean = tape.Affine(_mean, hidden);
        var logVariance = tape.Affine(_logVariance, hidden);
        var deviation = tape.Exp(tape.Scale(logVariance, 0.5));
        var latent = tape.Add(mean, tape.Multiply(deviation, tape.Input(noise)));
        var error = tape.MeanSquaredError(tape.Affine(_out, tape.Tanh(tape.Affine(_widen, latent))), window);
        var spread = tape.Add(tape.Multiply(mean, mean), tape.Multiply(deviation, deviation));
        var divergence = tape.Sum(tape.Add(spread, tape.Scale(logVariance, -1)));
        return tape.Add(error, tape.Scale(divergence, 0.5 * _beta / window.Length));
    }
}
