using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>An inner node of a random cut tree, 12 bytes. A free one holds the next free one in <see cref="Left"/>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct CutNode
{
    /// <summary>Values up to it go left.</summary>
    public float Cut;
    public ushort Left;
    public ushort Right;

    /// <summary>Points below it.</summary>
    public ushort Mass;

    /// <summary>Value of a point that the cut looks at.</summary>
    public byte Feature;

    /// <summary>Number of its bounding box, 0 when it has none.</summary>
    public byte Box;

    /// <summary>The child on whose side <paramref name="point"/> lies, without a branch: a random cut cannot be predicted.</summary>
    public readonly int ChildOf(ReadOnlySpan<float> point) => point[Feature] <= Cut ? Left : Right;
}
