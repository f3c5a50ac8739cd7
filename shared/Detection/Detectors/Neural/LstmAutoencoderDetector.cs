using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Neural;

/// <summary>Options of <see cref="LstmAutoencoderDetector"/>.</summary>
public sealed record LstmAutoencoderOptions : NeuralOptions;

/// <summary>Error of a sequence read by one LSTM and written back by another (Malhotra et al. 2016).</summary>
public sealed class LstmAutoencoderDetector(LstmAutoencoderOptions options, SeriesContext context)
    : NeuralDetector(options, context), IDetector<LstmAutoencoderDetector, LstmAutoencoderOptions>
{
    public static string Name => "lstm-autoencoder";

    public static string Summary => "Reconstruction error of a sequence by an encoder and a decoder LSTM.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate;

    public static LstmAutoencoderDetector Create(LstmAutoencoderOptions options, SeriesContext context) => new(options, context);

    protected override WindowNetwork Build(int length, ref SeededRandom random) => new LstmNetwork(options, ref random);
}

/// <summary>Encoder over the values, decoder from its last state; the values are written back newest first, as the paper does.</summary>
internal sealed class LstmNetwork : WindowNetwork
{
    private readonly LstmCell _encoder, _decoder;
    private readonly AffineBlock _out;
    private readonly int _units;

    public LstmNetwork(NeuralOptions options, ref SeededRandom random)
        : base(new Parameters())
    {
        _units = options.Hidden;
        _encoder = new LstmCell(Parameters.Affine(4 * _units, 1 + _units, ref random), _units);
        _decoder = new LstmCell(Parameters.Affine(4 * _units, 1 + _units, ref random), _units);
        _out = Parameters.Affine(1, _units, ref random);
        Parameters.Seal();
    }

    public override Variable Loss(Tape tape, Variable window, ref SeededRandom random) => Error(tape, window);

    public override Variable Error(Tape tape, Variable window)
    {
        Span<double> zeros = stackalloc double[_units];
        zeros.Clear();
        var (hidden, cell) = (tape.Input(zeros), tape.Input(zeros));
        for (var i = 0; i < window.Length; i++)
        {
            (hidden, cell) = _encoder.Step(tape, Tape.Slice(window, i, 1), hidden, cell);
        }

        var written = tape.Affine(_out, hidden);
        var total = tape.MeanSquaredError(written, Tape.Slice(window, window.Length - 1, 1));
        for (var i = window.Length - 2; i >= 0; i--)
        {
            (hidden, cell) = _decoder.Step(tape, written, hidden, cell);
            written = tape.Affine(_out, hidden);
            total = tape.Add(total, tape.MeanSquaredError(written, Tape.Slice(window, i, 1)));
        }

        return tape.Scale(total, 1.0 / window.Length);
    }
}

/// <summary>A long short-term memory cell (Hochreiter, Schmidhuber 1997; forget gate of Gers et al. 2000), its four gates in one matrix.</summary>
internal readonly record struct LstmCell(AffineBlock Gates, int Units)
{
    public (Variable Hidden, Variable Cell) Step(Tape tape, Variable input, Variable hidden, Variable cell)
    {
        var gates = tape.Affine(Gates, tape.Concat(input, hidden));
        var let = tape.Sigmoid(Tape.Slice(gates, 0, Units));
        var keep = tape.Sigmoid(Tape.Slice(gates, Units, Units));
        var show = tape.Sigmoid(Tape.Slice(gates, 2 * Units, Units));
        var candidate = tape.Tanh(Tape.Slice(gates, 3 * Units, Units));
        var next = tape.Add(tape.Multiply(keep, cell), tape.Multiply(let, candidate));
        return (tape.Multiply(show, tape.Tanh(next)), next);
    }
}
