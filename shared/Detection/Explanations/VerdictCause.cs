namespace Tidewatch.Detection.Explanations;

/// <summary>What made an observation score as it did.</summary>
/// <param name="FeatureShares">Share of each feature in the driving detector's statistic, 0 to 1; null for one feature, and where values play no part in it.</param>
/// <param name="IsExact">Whether they come from contributions that sum to the statistic; false for a local surrogate.</param>
/// <param name="Members">What the detectors of the ensemble said; null for a single detector.</param>
public sealed record VerdictCause(double[]? FeatureShares, bool IsExact, MemberScores? Members)
{
    /// <summary>The cause of a sample's score by <paramref name="driver"/>, the warm detector with the highest score; before the sample is learned.</summary>
    public static VerdictCause Of(IDetector driver, in Sample sample, MemberScores? members)
    {
        members ??= (driver as IComposedDetector)?.MembersOf(sample);
        if (sample.Values.Length == 1)
        {
            return new VerdictCause(null, IsExact: true, members);
        }

        var normal = new double[sample.Values.Length];
        var known = Normal(driver, normal) || driver is IAdditiveDetector { IsAdditive: true };
        var explanation = known ? Explanation.Of(driver, sample, normal) : null;
        return new VerdictCause(explanation?.Shares(), explanation?.IsExact ?? false, members);
    }

    /// <summary>Where each feature would have been normal, or where it usually is; false where the detector knows neither.</summary>
    private static bool Normal(IDetector driver, Span<double> normal)
    {
        for (var i = 0; i < normal.Length; i++)
        {
            if (driver.TryExpect(i, out var expectation))
            {
                normal[i] = expectation.Center;
            }
            else if (driver is IReferencedDetector referenced)
            {
                normal[i] = referenced.ReferenceOf(i);
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
