namespace Tidewatch.Detection.Explanations;

/// <summary>A detector without expected ranges that still knows where each feature usually lies.</summary>
public interface IReferencedDetector
{
    /// <summary>A usual value of a feature, in its unit: what a surrogate puts in place of one that is taken out. Only for a warm detector; changes nothing; may cost a pass over the detector's window.</summary>
    /// <param name="feature">Place of the feature, from 0.</param>
    double ReferenceOf(int feature);
}
