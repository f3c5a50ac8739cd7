using Tidewatch.Detection.Drift;
using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Adaptation;

/// <summary>Watches the combined score for a lasting change and then has every detector trained anew from the newest observations (Gama et al. 2014: informed adaptation).</summary>
/// <remarks>The combined score, because it has no unit and is one for any number of features. A drift while successors take over is passed over.</remarks>
internal sealed class DriftAdaptation(AdaptationOptions options, SeriesContext context)
{
    private readonly IDriftTest _test = DriftCatalog.Create(options.Drift, context.Seed);
    private readonly SampleWindow _window = new(options.Window, context.Dimension);
    private long _observed;

    /// <summary>Drifts that were acted on.</summary>
    public int Drifts { get; private set; }

    /// <summary>Observations up to and with the one that completed the last drift; 0 before the first.</summary>
    public long DriftedAt { get; private set; }

    /// <summary>Takes an observation that was judged and learned.</summary>
    /// <param name="sample">The observation.</param>
    /// <param name="score">Its combined score; null while all detectors were cold.</param>
    /// <param name="members">Who is trained anew; null where one was let go.</param>
    public void Observe(in Sample sample, double? score, EnsembleMember?[] members)
    {
        _observed++;
        _window.Add(sample);
        if (score is not { } known || !_test.Update(known) || Array.Exists(members, m => m is { IsChanging: true }))
        {
            return;
        }

        (Drifts, DriftedAt) = (Drifts + 1, _observed);
        foreach (var member in members)
        {
            member?.Renew(_window, context);
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Write((byte)1);
        writer.Write(_observed);
        writer.Write(Drifts);
        writer.Write(DriftedAt);
        _window.Save(writer);
        _test.Save(writer);
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadVersion(1);
        _observed = reader.ReadCount();
        Drifts = reader.ReadInt32(0, int.MaxValue);
        DriftedAt = reader.ReadCount();
        _window.Load(ref reader);
        _test.Load(ref reader);
    }
}
