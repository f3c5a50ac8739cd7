using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Tidewatch.Detection.Detectors.Seasonal;

/// <summary>The saliency map of the spectral residual (Hou, Zhang 2007; Ren et al. 2019).</summary>
public static class SpectralResidual
{
    private const double LeastAmplitude = 1e-8;

    /// <summary>Transforms back what is left of the log amplitudes after their moving average over <paramref name="average"/> frequencies.</summary>
    public static double[] Saliency(ReadOnlySpan<double> values, int average)
    {
        var spectrum = new Complex[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            spectrum[i] = values[i];
        }

        Fourier.Forward(spectrum, FourierOptions.Matlab);
        var logs = new double[values.Length];
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = Math.Log(Math.Max(spectrum[i].Magnitude, LeastAmplitude));
        }

        for (var i = 0; i < logs.Length; i++)
        {
            var sum = 0.0;
            for (var k = i - (average / 2); k < i - (average / 2) + average; k++)
            {
                sum += k >= 0 && k < logs.Length ? logs[k] : 0;
            }

            spectrum[i] = Complex.FromPolarCoordinates(Math.Exp(logs[i] - (sum / average)), spectrum[i].Phase);
        }

        Fourier.Inverse(spectrum, FourierOptions.Matlab);
        return [.. spectrum.Select(c => c.Magnitude)];
    }
}
