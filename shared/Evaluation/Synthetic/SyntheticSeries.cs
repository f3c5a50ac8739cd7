using Tidewatch.Contracts;

namespace Tidewatch.Evaluation.Synthetic;

/// <summary>One series of an entity: one of its measures, or all of them as features.</summary>
internal sealed class SyntheticSeries
{
    private readonly SyntheticDomain _domain;
    private readonly SyntheticEntity _entity;
    private readonly int _number;
    private readonly int? _signal;
    private readonly Dictionary<string, string> _attributes;

    private SyntheticSeries(SyntheticDomain domain, SyntheticEntity entity, int number, int? signal)
    {
        (_domain, _entity, _number, _signal) = (domain, entity, number, signal);
        Id = $"{domain.Name}/{entity.Name}/{(signal is { } s ? domain.Signals[s].Name : domain.FeatureSeries)}";
        _attributes = new(StringComparer.Ordinal) { ["entity"] = entity.Name, ["source"] = "synthetic" };
        if (signal is { } own)
        {
            _attributes["unit"] = domain.Signals[own].Unit;
        }
    }

    public string Id { get; }

    public static IEnumerable<SyntheticSeries> Of(SyntheticDomain domain, SyntheticEntity entity)
    {
        var number = 0;
        for (var i = 0; i < domain.Signals.Count; i++)
        {
            if (!domain.OnlyFeatures.Contains(domain.Signals[i].Name, StringComparer.Ordinal))
            {
                yield return new SyntheticSeries(domain, entity, number++, i);
            }
        }

        if (domain.FeatureSeries is not null)
        {
            yield return new SyntheticSeries(domain, entity, number, signal: null);
        }
    }

    public SyntheticEvent? At(long sample, DateTimeOffset time)
    {
        if (_entity.IsMissing(sample, _number))
        {
            return null;
        }

        var anomaly = Own(_entity.AnomalyAt(sample));
        return new(
            new Observation
            {
                Series = Id,
                Time = time,
                Value = _signal is { } signal ? _entity.Value(signal, sample, anomaly) : null,
                Features = _signal is null ? Features(sample, anomaly) : null,
                Attributes = _attributes,
                Label = anomaly is not null,
            },
            anomaly);
    }

    /// <summary>The anomaly of a block of samples, or null.</summary>
    public Anomaly? InBlock(long block) => Own(_entity.AnomalyInBlock(block));

    /// <summary>What another measure suffers is no anomaly of this series.</summary>
    private Anomaly? Own(Anomaly? anomaly) =>
        anomaly is null || _signal is not { } own || anomaly.Kind.Effects.Any(e => string.Equals(e.Signal, _domain.Signals[own].Name, StringComparison.Ordinal)) ? anomaly : null;

    private Dictionary<string, double> Features(long sample, Anomaly? anomaly)
    {
        var features = new Dictionary<string, double>(_domain.Signals.Count, StringComparer.Ordinal);
        for (var i = 0; i < _domain.Signals.Count; i++)
        {
            features[_domain.Signals[i].Name] = _entity.Value(i, sample, anomaly);
        }

        return features;
    }
}
