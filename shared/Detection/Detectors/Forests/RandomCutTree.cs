using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>One random cut tree in flat arrays: 12 bytes an inner node, and boxes for the largest nodes; those of the others are found by a walk over their few points.</summary>
/// <remarks>Ids below <see cref="CutPoints.Capacity"/> are inner nodes, above it leaves by their point's place. A point goes left when its value is at most the cut.</remarks>
internal sealed class RandomCutTree
{
    private const int None = ushort.MaxValue;
    private const int WayLength = 32;
    private readonly CutPoints _points;
    private readonly CutPath _path;
    private readonly CutTreeBoxes _boxes;
    private readonly CutNode[] _nodes;
    private readonly ushort[] _way = new ushort[WayLength];
    private int _wayDepth;
    private int _free;
    private int _root;

    public RandomCutTree(CutPoints points, CutPath path)
    {
        (_points, _path, _nodes) = (points, path, new CutNode[points.Capacity - 1]);
        _boxes = new CutTreeBoxes(_nodes, points, path);
        Clear();
    }

    private int FirstLeaf => _points.Capacity;

    /// <summary>Where <paramref name="point"/> would stand (InsertPoint of the paper), and its collusive displacement there. Changes nothing.</summary>
    public Insertion Place(ReadOnlySpan<float> point, SeededRandom random)
    {
        if (_root == None)
        {
            return new Insertion(0, -1, 0, 0);
        }

        var (node, depth, displacement) = (_root, 0, 0f);
        var (nodes, way, path, displacements, firstLeaf) = (_nodes, _way, _path.Nodes, _path.Displacements, FirstLeaf);
        var mass = MassOf(node);
        for (; node < firstLeaf; depth++)
        {
            (path[depth], displacements[depth]) = (node, displacement);
            way[depth & (WayLength - 1)] = (ushort)node;
            ref var at = ref nodes[node];
            node = at.ChildOf(point);
            var below = MassOf(node);
            displacement = Math.Max(displacement, (mass - below) / (below + 1f));
            mass = below;
        }

        way[depth & (WayLength - 1)] = (ushort)node;
        (path[depth], displacements[depth]) = (node, displacement);
        _wayDepth = depth;
        return PlaceFromBelow(point, random.State, depth);
    }

    /// <summary>Puts the point at <paramref name="place"/> where <see cref="Place"/> said.</summary>
    /// <param name="place">The point's place.</param>
    /// <param name="isEqual">An equal point has a leaf already.</param>
    /// <param name="at">Its place in the tree.</param>
    public void Insert(int place, bool isEqual, in Insertion at)
    {
        var point = _points[place];
        var (parent, node) = (None, _root);
        var (nodes, way) = (_nodes, _way);
        for (var depth = 0; depth < at.Depth; depth++)
        {
            ref var passed = ref nodes[node];
            passed.Mass++;
            _boxes.Widen(ref passed, point);
            (parent, node) = (node, _wayDepth < WayLength ? way[depth + 1] : passed.ChildOf(point));
        }

        if (isEqual || _root == None)
        {
            Replace(parent, node, FirstLeaf + place);
            return;
        }

        var added = _free;
        _free = _nodes[added].Left;
        var leaf = (ushort)(FirstLeaf + place);
        var (left, right) = point[at.Feature] <= at.Cut ? (leaf, (ushort)node) : ((ushort)node, leaf);
        _nodes[added] = new CutNode { Cut = at.Cut, Feature = (byte)at.Feature, Mass = (ushort)(MassOf(node) + 1), Left = left, Right = right };
        Replace(parent, node, added);
        _boxes.Widen(ref _nodes[added], point);
    }

    /// <summary>Takes out the point at <paramref name="place"/>; unless it <paramref name="isLast"/> of its kind, the leaf stays.</summary>
    public void Remove(int place, bool isLast)
    {
        var point = _points[place];
        var (node, depth) = (_root, 0);
        var (nodes, path, firstLeaf) = (_nodes, _path.Nodes, FirstLeaf);
        for (; node < firstLeaf; depth++)
        {
            path[depth] = node;
            ref var at = ref nodes[node];
            at.Mass--;
            node = at.ChildOf(point);
        }

        if (!isLast)
        {
            return;
        }

        if (depth == 0)
        {
            _root = None;
            return;
        }

        var parent = _path.Nodes[depth - 1];
        Replace(depth > 1 ? _path.Nodes[depth - 2] : None, parent, _nodes[parent].Left == node ? _nodes[parent].Right : _nodes[parent].Left);
        _boxes.Return(_nodes[parent]);
        (_nodes[parent].Left, _free) = ((ushort)_free, parent);
        _boxes.Narrow(point, depth - 2);
    }

    /// <summary>Writes the tree in pre-order: 1, feature and cut for an inner node, 0 for a leaf.</summary>
    public void Save(StateWriter writer)
    {
        if (_root != None)
        {
            Save(writer, _root);
        }
    }

    /// <summary>Grows the tree that was written: its points find their leaves by the cuts.</summary>
    public void Load(ref StateReader reader)
    {
        Clear();
        var places = new int[_points.Count];
        var count = 0;
        for (var place = 0; place < _points.Capacity; place++)
        {
            if (_points.CountOf(place) > 0)
            {
                places[count++] = place;
            }
        }

        if (count > 0)
        {
            _root = Load(ref reader, places.AsSpan(0, count));
        }
    }

    private bool IsInner(int node) => node < FirstLeaf;

    private int MassOf(int node) => IsInner(node) ? _nodes[node].Mass : _points.CountOf(node - FirstLeaf);

    /// <summary>The paper goes down to the first cut that parts the point from a box. From the leaf up the topmost one is the same, and above the first box that holds the point there is none.</summary>
    private Insertion PlaceFromBelow(ReadOnlySpan<float> point, ulong seed, int last)
    {
        var box = _path.Box.AsSpan();
        CutBox.Clear(box);
        _boxes.Gather(_path.Nodes[last], box);
        var (best, at) = (-1, 0.0);
        for (var depth = last; depth >= 0; depth--)
        {
            if (depth < last)
            {
                _boxes.Join(_nodes[_path.Nodes[depth]], _path.Nodes[depth + 1], box);
            }

            var (range, extension) = CutBox.Measure(box, point);
            if (extension == 0)
            {
                break;
            }

            var position = new SeededRandom(seed + ((ulong)depth * SeededRandom.Increment)).NextDouble() * ((double)range + extension);
            if (position < extension)
            {
                (best, at) = (depth, position);
                box.CopyTo(_path.Parted);
            }
        }

        if (best < 0)
        {
            return new Insertion(last, -1, 0, _path.Displacements[last]);
        }

        var (feature, cut) = CutBox.CutAt(_path.Parted, point, at);
        return new Insertion(best, feature, cut, Math.Max(_path.Displacements[best], MassOf(_path.Nodes[best])));
    }

    private void Replace(int parent, int node, int by)
    {
        if (parent == None)
        {
            _root = by;
        }
        else if (_nodes[parent].Left == node)
        {
            _nodes[parent].Left = (ushort)by;
        }
        else
        {
            _nodes[parent].Right = (ushort)by;
        }
    }

    private void Clear()
    {
        (_root, _free) = (None, 0);
        _boxes.Clear();
        for (var node = 0; node < _nodes.Length; node++)
        {
            _nodes[node] = new CutNode { Left = (ushort)(node + 1) };
        }
    }

    private void Save(StateWriter writer, int node)
    {
        for (; IsInner(node); node = _nodes[node].Right)
        {
            writer.Write(true);
            writer.Write(_nodes[node].Feature);
            writer.Write(BitConverter.SingleToInt32Bits(_nodes[node].Cut));
            Save(writer, _nodes[node].Left);
        }

        writer.Write(false);
    }

    private int Load(ref StateReader reader, Span<int> places)
    {
        if (!reader.ReadBool())
        {
            return places.Length == 1 ? FirstLeaf + places[0] : throw new StateFormatException($"a leaf cannot hold {places.Length} different points");
        }

        var (feature, cut, left, mass) = (Math.Min(reader.ReadByte(), _points.Stride - 1), BitConverter.Int32BitsToSingle(reader.ReadInt32()), 0, 0);
        for (var i = 0; i < places.Length; i++)
        {
            mass += _points.CountOf(places[i]);
            if (_points[places[i]][feature] <= cut)
            {
                (places[left], places[i]) = (places[i], places[left]);
                left++;
            }
        }

        if (left == 0 || left == places.Length)
        {
            throw new StateFormatException($"a cut at {cut} parts nothing");
        }

        var node = _free;
        _free = _nodes[node].Left;
        var child = Load(ref reader, places[..left]);
        var other = Load(ref reader, places[left..]);
        _nodes[node] = new CutNode { Cut = cut, Feature = (byte)feature, Mass = (ushort)mass, Left = (ushort)child, Right = (ushort)other };
        _boxes.TakeBox(ref _nodes[node]);
        return node;
    }
}
