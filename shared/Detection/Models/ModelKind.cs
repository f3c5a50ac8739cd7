namespace Tidewatch.Detection.Models;

/// <summary>What a model file holds.</summary>
public enum ModelKind
{
    /// <summary>A detector of <see cref="DetectorCatalog"/> with all it learned: it goes on with the next row.</summary>
    Stream = 1,

    /// <summary>A detector of <see cref="Batch.BatchCatalog"/> and the rows it was fitted to.</summary>
    Batch = 2,

    /// <summary>A whole <see cref="DetectionPipeline"/> of a profile: detectors, calibration, ensemble and threshold with all they learned. It goes on with the next row.</summary>
    Profile = 3,
}
