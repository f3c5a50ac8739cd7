namespace Tidewatch.Detection.Explanations;

/// <summary>A batch detector that can say exactly what each feature adds to a row's score.</summary>
public interface IAdditiveBatch
{
    /// <summary>What each feature adds; returns the baseline. Baseline and contributions sum to the row's score, or to what that is a growing function of.</summary>
    /// <param name="row">A row of the fitted dimension.</param>
    /// <param name="contributions">One place a feature.</param>
    double Contribute(ReadOnlySpan<double> row, Span<double> contributions);
}
