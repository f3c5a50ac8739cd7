using Tidewatch.Contracts;
using Tidewatch.Contracts.Processing;

namespace Tidewatch.Kafka.Audit;

/// <summary>The links of a partition between two times that its state was made anew: one run over the log, under one history of settings, explains them all.</summary>
public sealed record StateLife(ConfigHistory Configs, IReadOnlyList<ProgressRecord> Links)
{
    /// <summary>The lives that the links of a partition speak of, in order.</summary>
    public static IReadOnlyList<StateLife> Of(IEnumerable<ProgressRecord> links)
    {
        var lives = new List<StateLife>();
        foreach (var link in links)
        {
            var configs = ConfigHistory.Of(link);
            if (lives.Count > 0 && lives[^1] is var last && configs.Covers(last.Links[^1]))
            {
                lives[^1] = new StateLife(configs, [.. last.Links, link]);
            }
            else
            {
                lives.Add(new StateLife(configs, [link]));
            }
        }

        return lives;
    }

    /// <summary>Whether the record at <paramref name="offset"/> was judged in this life.</summary>
    public bool Has(long offset) => Links.Any(l => l.From <= offset && offset < l.To);
}
