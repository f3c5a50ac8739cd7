namespace Tidewatch.Detection.Explanations;

/// <summary>A detector that can say exactly what each feature adds to its statistic.</summary>
public interface IAdditiveDetector
{
    /// <summary>False where it depends on the model inside, and that one cannot.</summary>
    bool IsAdditive => true;

    /// <summary>What each feature adds; returns the baseline. Baseline and contributions sum to the detector's raw statistic, or to what that is a growing function of. Only for a warm detector; changes nothing.</summary>
    /// <param name="sample">The sample to explain.</param>
    /// <param name="contributions">One place a feature.</param>
    double Contribute(in Sample sample, Span<double> contributions);
}
