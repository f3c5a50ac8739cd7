using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Graphs;

/// <summary>Options of <see cref="CommunityChangeDetector"/>.</summary>
public sealed record CommunityChangeOptions : DetectorOptions
{
    /// <summary>Least size of a correlation that joins two features, 0.1 to 0.99; default 0.5.</summary>
    [Range(0.1, 0.99)]
    public double Least { get; init; } = 0.5;

    /// <summary>Weight of a new sample in the usual graph, 0.00001 to 0.1; default 0.001.</summary>
    [Range(0.00001, 0.1)]
    public double Usual { get; init; } = 0.001;

    /// <summary>Weight of a new sample in the present graph, 0.001 to 0.5; default 0.02.</summary>
    [Range(0.001, 0.5)]
    public double Present { get; init; } = 0.02;

    /// <summary>Samples before the first score, 50 to 100,000; default 300.</summary>
    [Range(50, 100_000)]
    public int WarmUp { get; init; } = 300;

    /// <summary>Share of pairs of features that must have come together or parted to score 0.5, 0.01 to 1; default 0.2.</summary>
    [Range(0.01, 1)]
    public double Half { get; init; } = 0.2;
}

/// <summary>Communities of correlated features, now and usually: the share of pairs that are together in one and apart in the other, 1 - the Rand index (1971).</summary>
/// <remarks>Communities are the connected parts of the graph that joins features correlated by at least <c>Least</c>. A sample is judged by the graphs before it. O(features²).</remarks>
public sealed class CommunityChangeDetector : StreamDetector, IDetector<CommunityChangeDetector, CommunityChangeOptions>
{
    private readonly CommunityChangeOptions _options;
    private readonly RunningCorrelation _usual;
    private readonly RunningCorrelation _present;
    private readonly int[] _usually;
    private readonly int[] _presently;
    private readonly double[] _values;

    private CommunityChangeDetector(CommunityChangeOptions options, SeriesContext context)
    {
        _options = options;
        (_usual, _present) = (new RunningCorrelation(context.Dimension, options.Usual), new RunningCorrelation(context.Dimension, options.Present));
        (_usually, _presently, _values) = (new int[context.Dimension], new int[context.Dimension], new double[context.Dimension]);
    }

    public static string Name => "community-change";

    public static string Summary => "Share of pairs of features that joined or left each other's community of correlated features.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree;

    public override bool IsWarm => _usual.Count >= _options.WarmUp;

    protected override double Half => _options.Half;

    public static CommunityChangeDetector Create(CommunityChangeOptions options, SeriesContext context) => new(options, context);

    public override void Learn(in Sample sample)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] = Bounded.Of(sample.Values[i]);
        }

        _usual.Add(_values);
        _present.Add(_values);
    }

    public override void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        _usual.Save(writer);
        _present.Save(writer);
    }

    public override void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _usual.Load(ref reader);
        _present.Load(ref reader);
    }

    protected override double Statistic(in Sample sample)
    {
        FindCommunities(_usual, _usually);
        FindCommunities(_present, _presently);
        var (changed, pairs) = (0, 0);
        for (var i = 0; i < _usually.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                pairs++;
                changed += (_usually[i] == _usually[j]) != (_presently[i] == _presently[j]) ? 1 : 0;
            }
        }

        return pairs == 0 ? 0 : (double)changed / pairs;
    }

    /// <summary>Gives each feature the least number of its community.</summary>
    private void FindCommunities(RunningCorrelation graph, int[] communities)
    {
        for (var i = 0; i < communities.Length; i++)
        {
            communities[i] = i;
            for (var j = 0; j < i; j++)
            {
                if (communities[i] != communities[j] && Math.Abs(graph.Correlation(i, j)) >= _options.Least)
                {
                    var (from, to) = (Math.Max(communities[i], communities[j]), Math.Min(communities[i], communities[j]));
                    communities.AsSpan(0, i + 1).Replace(from, to);
                }
            }
        }
    }
}
