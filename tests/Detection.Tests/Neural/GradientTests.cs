using Shouldly;
using Tidewatch.Detection.Detectors.Neural;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.Neural;

/// <summary>Every network's gradient against central differences of its loss.</summary>
public sealed class GradientTests
{
    private const int Length = 8;
    private const double Step = 1e-5;

    public static TheoryData<string> Networks => ["autoencoder", "variational", "lstm", "convolution", "adversarial"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Backward_EveryWeight_MatchesCentralDifferences(string name)
    {
        var network = Build(name);
        var window = Enumerable.Range(0, Length).Select(i => Math.Sin(0.9 * i) + (0.1 * i)).ToArray();
        var tape = new Tape(network.Parameters);
        var random = new SeededRandom(7);
        tape.Backward(network.Loss(tape, tape.Input(window), ref random));
        var gradients = network.Parameters.Gradients.ToArray();

        for (var i = 0; i < gradients.Length; i++)
        {
            var numeric = (LossAt(network, window, i, Step) - LossAt(network, window, i, -Step)) / (2 * Step);
            gradients[i].ShouldBe(numeric, 1e-6 * Math.Max(1, Math.Abs(numeric)), $"weight {i}");
        }

        gradients.Any(g => Math.Abs(g) > 1e-4).ShouldBeTrue();
    }

    [Fact]
    public void Backward_Softplus_MatchesSigmoid()
    {
        var parameters = new Parameters();
        var random = new SeededRandom(1);
        var block = parameters.Affine(1, 1, ref random);
        parameters.Seal();
        parameters.Values[block.Start] = 0.8;
        var tape = new Tape(parameters);
        tape.Backward(tape.Softplus(tape.Affine(block, tape.Input([2.0]))));
        parameters.Gradients[block.Bias].ShouldBe(1 / (1 + Math.Exp(-1.6)), 1e-12);
    }

    private static double LossAt(WindowNetwork network, double[] window, int weight, double change)
    {
        network.Parameters.Values[weight] += change;
        var tape = new Tape(network.Parameters);
        var random = new SeededRandom(7);
        var loss = tape.Values(network.Loss(tape, tape.Input(window), ref random))[0];
        network.Parameters.Values[weight] -= change;
        return loss;
    }

    private static WindowNetwork Build(string name)
    {
        var random = new SeededRandom(3);
        return name switch
        {
            "autoencoder" => new AutoencoderNetwork(Length, new AutoencoderOptions { Hidden = 5, Latent = 2 }, ref random),
            "variational" => new VariationalNetwork(Length, new VariationalAutoencoderOptions { Hidden = 5, Latent = 2, Beta = 0.5 }, ref random),
            "lstm" => new LstmNetwork(new LstmAutoencoderOptions { Hidden = 3 }, ref random),
            "convolution" => new ConvolutionNetwork(Length, new ConvolutionMemoryOptions { Kernel = 3, Filters = 2, Latent = 2 }, ref random),
            _ => new AdversarialNetwork(Length, new AdversarialOptions { Hidden = 5, Latent = 2 }, ref random),
        };
    }
}
