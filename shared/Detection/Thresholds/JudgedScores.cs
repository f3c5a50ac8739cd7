using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Thresholds;

/// <summary>The last scores of a series that people judged, and how well a line parts them.</summary>
public sealed class JudgedScores
{
    /// <summary>Judgements that are remembered.</summary>
    public const int Remembered = 32;

    private const double Beyond = 0.25;
    private readonly List<(double Score, bool IsAnomaly)> _judged = new(Remembered);

    public int Count => _judged.Count;

    public void Add(double score, bool isAnomaly)
    {
        if (_judged.Count == Remembered)
        {
            _judged.RemoveAt(0);
        }

        _judged.Add((score, isAnomaly));
    }

    public void Clear() => _judged.Clear();

    /// <summary>Judgements that <paramref name="line"/> is at odds with: false alarms on or above it, and anomalies below.</summary>
    public int Wrong(double line)
    {
        var wrong = 0;
        foreach (var (score, isAnomaly) in _judged)
        {
            wrong += score >= line != isAnomaly ? 1 : 0;
        }

        return wrong;
    }

    /// <summary>A line for every way to part the scores: between neighbours in the middle, beyond the outermost a quarter of the way to 0 and to 1; in order.</summary>
    public IEnumerable<double> Lines()
    {
        var scores = _judged.Select(j => j.Score).Distinct().Order().ToArray();
        return scores.Length == 0 ? [] : [(1 - Beyond) * scores[0], .. scores.Zip(scores.Skip(1), (a, b) => (a + b) / 2), scores[^1] + (Beyond * (1 - scores[^1]))];
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_judged.Count);
        foreach (var (score, isAnomaly) in _judged)
        {
            writer.Write(score);
            writer.Write(isAnomaly);
        }
    }

    public void Load(ref StateReader reader)
    {
        Clear();
        for (var left = reader.ReadInt32(0, Remembered); left > 0; left--)
        {
            var score = reader.ReadDouble();
            _judged.Add((score is >= 0 and <= 1 ? score : throw new StateFormatException($"{score} is not a score"), reader.ReadBool()));
        }
    }
}
