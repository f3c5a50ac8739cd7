namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>Where a point would stand in a tree.</summary>
/// <param name="Depth">Steps below the root of the node it would be the sibling of.</param>
/// <param name="Feature">Value that the parting cut looks at; -1 when an equal point stands there and no cut is needed.</param>
/// <param name="Cut">Values up to it go left.</param>
/// <param name="Displacement">Collusive displacement there.</param>
internal readonly record struct Insertion(int Depth, int Feature, float Cut, double Displacement);
