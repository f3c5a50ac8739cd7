using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Neural;

/// <summary>A small network over standardised windows: what it minimises in training, and how unusual it finds a window.</summary>
public abstract class WindowNetwork
{
    private readonly Tape _tape;

    protected WindowNetwork(Parameters parameters) => _tape = new Tape(parameters);

    public Parameters Parameters => _tape.Parameters;

    /// <summary>A tape of its own for what a network runs beside <see cref="Train"/>.</summary>
    protected Tape Scratch => _tape;

    /// <summary>Trains on <paramref name="rows"/> (row-major windows of <paramref name="length"/>), shuffled each epoch.</summary>
    public virtual void Train(ReadOnlySpan<double> rows, int length, NeuralOptions options, ref SeededRandom random)
    {
        var order = Enumerable.Range(0, rows.Length / length).ToArray();
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            Shuffle(order, ref random);
            for (var start = 0; start < order.Length; start += options.BatchSize)
            {
                var batch = order.AsSpan(start, Math.Min(options.BatchSize, order.Length - start));
                foreach (var row in batch)
                {
                    _tape.Reset();
                    _tape.Backward(Loss(_tape, _tape.Input(rows.Slice(row * length, length)), ref random));
                }

                Parameters.Step(options.LearningRate, batch.Length);
            }
        }
    }

    /// <summary>How unusual a standardised window is, at least 0. Changes nothing but scratch memory.</summary>
    public virtual double Unusualness(ReadOnlySpan<double> window)
    {
        _tape.Reset();
        var error = _tape.Values(Error(_tape, _tape.Input(window)))[0];
        return double.IsFinite(error) ? Math.Max(0, error) : double.MaxValue;
    }

    /// <summary>Writes what <see cref="Train"/> made: the weights, and whatever else a network keeps.</summary>
    public virtual void Save(StateWriter writer) => writer.WriteArray<double>(Parameters.Values);

    public virtual void Load(ref StateReader reader) => reader.ReadArray<double>(Parameters.Values.AsSpan());

    /// <summary>The loss of one window in training.</summary>
    public abstract Variable Loss(Tape tape, Variable window, ref SeededRandom random);

    /// <summary>The statistic of one window in scoring: no randomness.</summary>
    public abstract Variable Error(Tape tape, Variable window);

    protected static void Shuffle(Span<int> order, ref SeededRandom random)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = random.Next(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
