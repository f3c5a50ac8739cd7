using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>The bounding boxes of a random cut tree: kept for the largest nodes, put together from their points for the others.</summary>
internal sealed class CutTreeBoxes(CutNode[] nodes, CutPoints points, CutPath path)
{
    private const int Boxes = 23;
    private const int BoxFrom = 12;
    private readonly BoxPool _pool = new(Boxes, points.Stride);

    public void Clear() => _pool.Clear();

    /// <summary>Takes the box of a node that goes.</summary>
    public void Return(in CutNode node) => _pool.Return(node.Box);

    /// <summary>Widens the box of a child to that of its node.</summary>
    public void Join(in CutNode node, int child, Span<float> box)
    {
        if (node.Box > 0)
        {
            _pool[node.Box].CopyTo(box);
        }
        else
        {
            Gather(node.Left + node.Right - child, box);
        }
    }

    /// <summary>Widens <paramref name="box"/> by everything below <paramref name="node"/>, eight values at a time.</summary>
    public void Gather(int node, Span<float> box)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref var boxes = ref MemoryMarshal.GetReference(_pool.All);
        ref var leaves = ref MemoryMarshal.GetReference(points.All);
        var (stack, stride, capacity) = (path.Stack, points.Stride, points.Capacity);
        for (var chunk = 0; chunk < stride; chunk += Vector256<float>.Count)
        {
            var (low, high) = (Vector256.Create(box[chunk..]), Vector256.Create(box[(stride + chunk)..]));
            var (next, top) = (node, 0);
            while (true)
            {
                if (next >= capacity)
                {
                    var point = Vector256.LoadUnsafe(ref leaves, (nuint)(((next - capacity) * stride) + chunk));
                    (low, high) = (Vector256.Min(low, point), Vector256.Max(high, point));
                }
                else if (Unsafe.Add(ref first, next) is var inner && inner.Box > 0)
                {
                    var place = (nuint)(((inner.Box - 1) * 2 * stride) + chunk);
                    low = Vector256.Min(low, Vector256.LoadUnsafe(ref boxes, place));
                    high = Vector256.Max(high, Vector256.LoadUnsafe(ref boxes, place + (nuint)stride));
                }
                else
                {
                    (stack[top++], next) = (inner.Right, inner.Left);
                    continue;
                }

                if (top == 0)
                {
                    break;
                }

                next = stack[--top];
            }

            low.CopyTo(box[chunk..]);
            high.CopyTo(box[(stride + chunk)..]);
        }
    }

    /// <summary>Takes a point into the box of a node, and gives the node one when it is large enough.</summary>
    public void Widen(ref CutNode node, ReadOnlySpan<float> point)
    {
        if (node.Box == 0)
        {
            TakeBox(ref node);
        }

        if (node.Box > 0)
        {
            CutBox.Extend(_pool[node.Box], point, point);
        }
    }

    /// <summary>Gives a node a box when it is large enough and one is left.</summary>
    public void TakeBox(ref CutNode node)
    {
        if (node.Mass >= BoxFrom && _pool.Take() is var box and > 0)
        {
            Refill(node, _pool[box]);
            node.Box = box;
        }
    }

    private void Refill(in CutNode node, Span<float> box)
    {
        CutBox.Clear(box);
        Gather(node.Left, box);
        Gather(node.Right, box);
    }

    /// <summary>Boxes of the nodes above a point that went: those whose sides it did not touch, and all above them, stay as they are.</summary>
    public void Narrow(ReadOnlySpan<float> point, int depth)
    {
        var mayShrink = true;
        for (; depth >= 0; depth--)
        {
            ref var node = ref nodes[path.Nodes[depth]];
            if (node.Box == 0)
            {
                continue;
            }

            if (node.Mass < BoxFrom / 2)
            {
                _pool.Return(node.Box);
                node.Box = 0;
            }
            else if (mayShrink && (mayShrink = CutBox.Touches(_pool[node.Box], point)))
            {
                Refill(node, _pool[node.Box]);
            }
        }
    }
}
