using System.ComponentModel.DataAnnotations;
using Tidewatch.Detection.Detectors.Statistics;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Detectors.Automatic;

/// <summary>Options of <see cref="AutoDetector"/>.</summary>
public sealed record AutoOptions : DetectorOptions
{
    /// <summary>Samples looked at before a detector is chosen, 20 to 10,000; default 100.</summary>
    [Range(20, 10_000)]
    public int Look { get; init; } = 100;
}

/// <summary>Chooses a detector by what the series looks like, and lets it learn what was looked at.</summary>
/// <remarks>
/// Several features at regular times: their covariance; more than 50 of them, or without a rhythm in time, as payments or flows: an isolation forest. One value that takes only a few levels, or at irregular times: its distance from
/// the median. One value at regular times: the default ensemble, which finds out about seasons by itself.
/// </remarks>
public sealed class AutoDetector(AutoOptions options, SeriesContext context) : IDetector<AutoDetector, AutoOptions>, IAdditiveDetector, IComposedDetector
{
    /// <summary>Features whose covariance can be told from the 500 samples that it remembers: ten samples a feature.</summary>
    private const int MostCorrelated = 50;
    private static readonly string[] Choices = [SurpriseEnsembleDetector.Name, ModifiedZScoreDetector.Name, MahalanobisDetector.Name, IsolationForestDetector.Name];
    private SeriesLook? _look = new(context.Dimension, options.Look);
    private IDetector? _chosen;
    private byte _choice;

    public static string Name => "auto";

    public static string Summary => "Looks at the first samples and chooses: default ensemble, median distance, covariance or isolation forest.";

    public static DetectorTraits Traits => DetectorTraits.Multivariate | DetectorTraits.AllocationFree | DetectorTraits.Expects | DetectorTraits.UsesTime | DetectorTraits.Additive;

    public bool IsWarm => _chosen is { IsWarm: true };

    /// <summary>Name of the detector that was chosen; null while it is still looking.</summary>
    public string? Choice => _chosen is null ? null : Choices[_choice];

    public static AutoDetector Create(AutoOptions options, SeriesContext context) => new(options, context);

    public double Raw(in Sample sample) => _chosen?.Raw(sample) ?? 0;

    public double Score(in Sample sample) => _chosen?.Score(sample) ?? 0;

    public void Learn(in Sample sample)
    {
        if (_look is null)
        {
            _chosen!.Learn(sample);
            return;
        }

        _look.Add(sample);
        if (_look.IsComplete)
        {
            Choose(ChoiceFor(_look));
            for (var i = 0; i < _look.Count; i++)
            {
                _chosen!.Learn(_look[i]);
            }

            _look = null;
        }
    }

    public bool TryExpect(int feature, out Expectation expectation)
    {
        expectation = default;
        return IsWarm && _chosen!.TryExpect(feature, out expectation);
    }

    public bool IsAdditive => _chosen is IAdditiveDetector { IsAdditive: true };

    public double Contribute(in Sample sample, Span<double> contributions) => ((IAdditiveDetector)_chosen!).Contribute(sample, contributions);

    public MemberScores? MembersOf(in Sample sample) => (_chosen as IComposedDetector)?.MembersOf(sample);

    public void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_look is null);
        if (_look is not null)
        {
            _look.Save(writer);
            return;
        }

        writer.Write(_choice);
        _chosen!.Save(writer);
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        if (!reader.ReadBool())
        {
            (_look, _chosen) = (new SeriesLook(context.Dimension, options.Look), null);
            _look.Load(ref reader);
            return;
        }

        _look = null;
        var choice = reader.ReadByte();
        Choose(choice < Choices.Length ? choice : throw new StateFormatException($"{choice} is not a choice"));
        _chosen!.Load(ref reader);
    }

    private byte ChoiceFor(SeriesLook look) => (context.Dimension, look.IsRegular) switch
    {
        (1, true) when !look.IsDiscrete => 0,
        (1, _) => 1,
        (<= MostCorrelated, true) => 2,
        _ => 3,
    };

    private void Choose(byte choice)
    {
        var entry = DetectorCatalog.Get(Choices[choice]);
        (_choice, _chosen) = (choice, entry.Create(entry.Defaults(), context));
    }
}
