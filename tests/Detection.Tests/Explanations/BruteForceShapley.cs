using System.Numerics;

namespace Tidewatch.Detection.Tests.Explanations;

/// <summary>Shapley values by their definition: every coalition of features.</summary>
internal static class BruteForceShapley
{
    /// <param name="features">Features, at most 12.</param>
    /// <param name="worth">What the coalition of the set bits is worth.</param>
    public static double[] Of(int features, Func<int, double> worth)
    {
        var values = new double[features];
        for (var coalition = 0; coalition < 1 << features; coalition++)
        {
            var size = BitOperations.PopCount((uint)coalition);
            for (var i = 0; i < features; i++)
            {
                if ((coalition & (1 << i)) == 0)
                {
                    values[i] += Factorial(size) * Factorial(features - size - 1) / Factorial(features) * (worth(coalition | (1 << i)) - worth(coalition));
                }
            }
        }

        return values;
    }

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
}
