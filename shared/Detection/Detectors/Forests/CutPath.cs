namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>Scratch that the trees of a forest share.</summary>
internal sealed class CutPath(int capacity, int stride)
{
    /// <summary>Nodes from the root to a leaf.</summary>
    public int[] Nodes { get; } = new int[capacity + 1];

    /// <summary>Largest displacement above each of them.</summary>
    public float[] Displacements { get; } = new float[capacity + 1];

    /// <summary>Nodes still to be visited.</summary>
    public int[] Stack { get; } = new int[capacity + 1];

    /// <summary>The box that a point was parted from.</summary>
    public float[] Parted { get; } = new float[2 * stride];

    public float[] Box { get; } = new float[2 * stride];
}
