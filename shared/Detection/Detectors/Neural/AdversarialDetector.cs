using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Neural;

/// <summary>Options of <see cref="AdversarialDetector"/>.</summary>
public sealed record AdversarialOptions : NeuralOptions
{
    /// <summary>Weight of the discriminator's features beside the squared error, 0 to 10; default 0.5 (kappa of f-AnoGAN is 1).</summary>
    [Range(0, 10)]
    public double FeatureWeight { get; init; } = 0.5;
}

/// <summary>How far a window is from what a generator can make, in values and in a discriminator's features: f-AnoGAN (Schlegl et al. 2019), small.</summary>
public sealed class AdversarialDetector(AdversarialOptions options, SeriesContext context)
    : NeuralDetector(options, context), IDetector<AdversarialDetector, AdversarialOptions>
{
    public static string Name => "adversarial";

    public static string Summary => "Distance of a window from what a generator trained against a discriminator can make (f-AnoGAN).";

    public static DetectorTraits Traits => DetectorTraits.Multivariate;

    public static AdversarialDetector Create(AdversarialOptions options, SeriesContext context) => new(options, context);

    protected override WindowNetwork Build(int length, ref SeededRandom random) => new AdversarialNetwork(length, options, ref random);
}

/// <summary>Generator and discriminator trained in turns, then an encoder from window to latent with both held still.</summary>
internal sealed class AdversarialNetwork : WindowNetwork
{
    private readonly AdversarialOptions _options;
    private readonly AffineBlock _generateIn, _generateOut, _judgeIn, _judgeOut, _encodeIn, _encodeOut;

    public AdversarialNetwork(int length, AdversarialOptions options, ref SeededRandom random)
        : base(new Parameters())
    {
        _options = options;
        _generateIn = Parameters.Affine(options.Hidden, options.Latent, ref random);
        _generateOut = Parameters.Affine(length, options.Hidden, ref random);
        _judgeIn = Parameters.Affine(options.Hidden, length, ref random);
        _judgeOut = Parameters.Affine(1, options.Hidden, ref random);
        _encodeIn = Parameters.Affine(options.Hidden, length, ref random);
        _encodeOut = Parameters.Affine(options.Latent, options.Hidden, ref random);
        Parameters.Seal();
    }

    public override void Train(ReadOnlySpan<double> rows, int length, NeuralOptions options, ref SeededRandom random)
    {
        var order = Enumerable.Range(0, rows.Length / length).ToArray();
        for (var epoch = 0; epoch < 2 * options.Epochs; epoch++)
        {
            Shuffle(order, ref random);
            for (var start = 0; start < order.Length; start += options.BatchSize)
            {
                var batch = order.AsSpan(start, Math.Min(options.BatchSize, order.Length - start));
                if (epoch < options.Epochs)
                {
                    TrainAdversaries(rows, length, batch, ref random);
                }
                else
                {
                    TrainEncoder(rows, length, batch);
                }
            }
        }
    }

    /// <summary>The encoder's loss: f-AnoGAN's izi_f, which is also the score.</summary>
    public override Variable Loss(Tape tape, Variable window, ref SeededRandom random) => Error(tape, window);

    public override Variable Error(Tape tape, Variable window)
    {
        var made = Generate(tape, tape.Affine(_encodeOut, tape.Tanh(tape.Affine(_encodeIn, window))));
        var features = tape.MeanSquaredError(Features(tape, made), Features(tape, window));
        return tape.Add(tape.MeanSquaredError(made, window), tape.Scale(features, _options.FeatureWeight));
    }

    private void TrainAdversaries(ReadOnlySpan<double> rows, int length, ReadOnlySpan<int> batch, ref SeededRandom random)
    {
        foreach (var row in batch)
        {
            Scratch.Reset();
            var real = Judge(Scratch, Scratch.Input(rows.Slice(row * length, length)));
            var made = Judge(Scratch, Generate(Scratch, Noise(ref random)));
            Scratch.Backward(Scratch.Add(Scratch.Softplus(Scratch.Scale(real, -1)), Scratch.Softplus(made)));
        }

        Parameters.Step(_options.LearningRate, batch.Length, _judgeIn.Start, _encodeIn.Start);
        for (var i = 0; i < batch.Length; i++)
        {
            Scratch.Reset();
            Scratch.Backward(Scratch.Softplus(Scratch.Scale(Judge(Scratch, Generate(Scratch, Noise(ref random))), -1)));
        }

        Parameters.Step(_options.LearningRate, batch.Length, _generateIn.Start, _judgeIn.Start);
    }

    private void TrainEncoder(ReadOnlySpan<double> rows, int length, ReadOnlySpan<int> batch)
    {
        foreach (var row in batch)
        {
            Scratch.Reset();
            Scratch.Backward(Error(Scratch, Scratch.Input(rows.Slice(row * length, length))));
        }

        Parameters.Step(_options.LearningRate, batch.Length, _encodeIn.Start, Parameters.Values.Length);
    }

    private Variable Noise(ref SeededRandom random)
    {
        Span<double> noise = stackalloc double[_options.Latent];
        foreach (ref var draw in noise)
        {
            draw = random.NextNormal();
        }

        return Scratch.Input(noise);
    }

    private Variable Generate(Tape tape, Variable latent) => tape.Affine(_generateOut, tape.Tanh(tape.Affine(_generateIn, latent)));

    private Variable Features(Tape tape, Variable window) => tape.Tanh(tape.Affine(_judgeIn, window));

    private Variable Judge(Tape tape, Variable window) => tape.Affine(_judgeOut, Features(tape, window));
}
