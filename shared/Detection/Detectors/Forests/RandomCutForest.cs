using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Forests;

/// <summary>Robust random cut forest (Guha, Mishra, Roy, Schrijvers 2016) over the last points: score of a point is its collusive displacement, the mean over trees.</summary>
/// <remarks>
/// Every choice comes from seed, tree and count of points learned, so a point is scored at the very place where it is put when it is learned. Trees need about 5 KiB each for 256 points of 8 values.
/// </remarks>
public sealed class RandomCutForest
{
    /// <summary>Largest size of a value.</summary>
    public const float Limit = 1e17f;

    private readonly int _dimension;
    private readonly int _samples;
    private readonly ulong _seed;
    private readonly CutPoints _points;
    private readonly RandomCutTree[] _trees;
    private readonly Insertion[] _insertions;
    private readonly float[] _point;
    private long _learned;
    private double _codisp;
    private bool _isPlaced;

    /// <param name="trees">Trees, at least 1.</param>
    /// <param name="samples">Points kept, 2 to 4,096.</param>
    /// <param name="dimension">Values of a point, 1 to 256.</param>
    /// <param name="seed">Seed of every choice.</param>
    public RandomCutForest(int trees, int samples, int dimension, ulong seed)
    {
        (_dimension, _samples, _seed) = (dimension, samples, seed);
        _points = new CutPoints(samples, dimension);
        var path = new CutPath(_points.Capacity, _points.Stride);
        _trees = [.. Enumerable.Range(0, trees).Select(_ => new RandomCutTree(_points, path))];
        _insertions = new Insertion[trees];
        _point = new float[_points.Stride];
    }

    /// <summary>Points in the trees.</summary>
    public int Count => _points.Count;

    /// <summary>Collusive displacement that <paramref name="point"/> would have, 0 to the number of points.</summary>
    public double Displacement(ReadOnlySpan<float> point)
    {
        Place(point);
        return _codisp;
    }

    /// <summary>Takes a point in; the oldest one goes when there are too many.</summary>
    public void Learn(ReadOnlySpan<float> point)
    {
        Place(point);
        var (place, isEqual) = _points.Add(_point);
        var (oldest, isFull) = (_points.Oldest, _points.Count > _samples);
        var isLast = _points.CountOf(oldest) == 1;
        for (var tree = 0; tree < _trees.Length; tree++)
        {
            _trees[tree].Insert(place, isEqual, _insertions[tree]);
            if (isFull)
            {
                _trees[tree].Remove(oldest, isLast);
            }
        }

        if (isFull)
        {
            _points.ForgetOldest();
        }

        _learned++;
        _isPlaced = false;
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_learned);
        _points.Save(writer);
        foreach (var tree in _trees)
        {
            tree.Save(writer);
        }
    }

    public void Load(ref StateReader reader)
    {
        _learned = reader.ReadInt64();
        _points.Load(ref reader);
        _isPlaced = false;
        foreach (var tree in _trees)
        {
            tree.Load(ref reader);
        }
    }

    private void Place(ReadOnlySpan<float> point)
    {
        if (_isPlaced && point.SequenceEqual(_point.AsSpan(0, _dimension)))
        {
            return;
        }

        point.CopyTo(_point);
        var sum = 0.0;
        for (var tree = 0; tree < _trees.Length; tree++)
        {
            var random = new SeededRandom(_seed ^ ((ulong)_learned * 0x9E3779B97F4A7C15) ^ ((ulong)tree << 56) ^ ((ulong)tree * 0xD1B54A32D192ED03));
            _insertions[tree] = _trees[tree].Place(_point, random);
            sum += _insertions[tree].Displacement;
        }

        (_codisp, _isPlaced) = (sum / _trees.Length, true);
    }
}
