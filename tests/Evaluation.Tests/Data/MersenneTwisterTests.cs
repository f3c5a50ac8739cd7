using Shouldly;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Evaluation.Tests.Data;

/// <summary>Against NumPy 1.24: <c>numpy.random.RandomState(0).permutation(n)</c>.</summary>
public sealed class MersenneTwisterTests
{
    [Fact]
    public void Permutation_OfTen_IsNumpys() => new MersenneTwister(0).Permutation(10).ShouldBe([2, 8, 4, 9, 1, 6, 7, 3, 0, 5]);

    [Fact]
    public void Permutation_LongerThanTheState_IsNumpys() => new MersenneTwister(0).Permutation(95_156)[..5].ShouldBe([50_873, 48_831, 75_846, 68_318, 36_996]);
}
