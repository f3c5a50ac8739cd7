using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Neural;

/// <summary>A network with what it was trained on reduced to three numbers: the standardisation and the usual error.</summary>
/// <param name="Network">The weights.</param>
/// <param name="Center">Mean of each window place over the training windows.</param>
/// <param name="Scale">Standard deviation of each window place, at least a small share of the centre.</param>
/// <param name="UsualError">The training windows' 99th percentile of <see cref="WindowNetwork.Unusualness"/>.</param>
internal sealed record TrainedNetwork(WindowNetwork Network, double[] Center, double[] Scale, double UsualError)
{
    private const double UsualQuantile = 0.99;
    private const double Clip = 50;

    public static TrainedNetwork Train(WindowNetwork network, double[] rows, int length, NeuralOptions options, ulong seed)
    {
        var random = new SeededRandom(seed);
        var (center, scale) = Moments(rows, length);
        var standard = new double[rows.Length];
        for (var start = 0; start < rows.Length; start += length)
        {
            Standardize(rows.AsSpan(start, length), center, scale, standard.AsSpan(start, length));
        }

        network.Train(standard, length, options, ref random);
        var errors = new double[rows.Length / length];
        for (var i = 0; i < errors.Length; i++)
        {
            errors[i] = network.Unusualness(standard.AsSpan(i * length, length));
        }

        Array.Sort(errors);
        var usual = errors[(int)(UsualQuantile * (errors.Length - 1))];
        return new(network, center, scale, Math.Max(usual, 1e-6));
    }

    /// <summary>Unusualness in units of the usual error.</summary>
    public double Ratio(ReadOnlySpan<double> window, Span<double> scratch)
    {
        Standardize(window, Center, Scale, scratch);
        return Network.Unusualness(scratch) / UsualError;
    }

    private static void Standardize(ReadOnlySpan<double> window, double[] center, double[] scale, Span<double> into)
    {
        for (var i = 0; i < window.Length; i++)
        {
            into[i] = Math.Clamp((window[i] - center[i]) / scale[i], -Clip, Clip);
        }
    }

    private static (double[] Center, double[] Scale) Moments(double[] rows, int length)
    {
        var (center, scale) = (new double[length], new double[length]);
        var count = rows.Length / length;
        for (var place = 0; place < length; place++)
        {
            var (mean, squares) = (0.0, 0.0);
            for (var row = 0; row < count; row++)
            {
                var difference = rows[(row * length) + place] - mean;
                mean += difference / (row + 1);
                squares += difference * (rows[(row * length) + place] - mean);
            }

            center[place] = mean;
            scale[place] = Math.Max(Math.Sqrt(squares / count), Math.Max(1e-6 * Math.Abs(mean), 1e-12));
        }

        return (center, scale);
    }
}
