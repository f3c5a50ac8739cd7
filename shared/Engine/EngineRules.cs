using System.IO.Hashing;
using System.Text;
using Tidewatch.Detection;
using Tidewatch.Detection.Profiles;
using Tidewatch.Engine.Settings;

namespace Tidewatch.Engine;

/// <summary>The settings that decide about state and emissions, made ready once for all partitions.</summary>
public sealed class EngineRules
{
    private readonly SeriesProfile _standard;
    private readonly (ProfileSettings Match, SeriesProfile Profile)[] _special;

    /// <param name="settings">Without errors.</param>
    public EngineRules(EngineSettings settings)
    {
        Text = SettingsText.Of(settings);
        _standard = Profile(settings);
        _special = [.. settings.Profiles.Select(p => (p, Profile(p.Over(settings))))];
        MaxSeries = settings.MaxSeries;
        MaxFutureMs = (long)settings.MaxFuture.TotalMilliseconds;
        ScoreIntervalMs = settings.ScoreInterval is { } interval ? (long)interval.TotalMilliseconds : null;
        ConfigHash = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(Description()));
    }

    /// <summary>The settings as text: <see cref="SettingsText.Read"/> gives settings of the same hash.</summary>
    public string Text { get; }

    /// <summary>Series a partition may hold.</summary>
    public int MaxSeries { get; }

    /// <summary>How far an event time may lie behind the append time.</summary>
    public long MaxFutureMs { get; }

    /// <summary>Least event time between two score points of a series; null for none.</summary>
    public long? ScoreIntervalMs { get; }

    /// <summary>Hash of everything in here: each part of a chain names the one it was made under.</summary>
    public ulong ConfigHash { get; }

    /// <summary>What the engine judges the series <paramref name="series"/> by when it appears.</summary>
    /// <param name="series">Its id, which also seeds every random choice.</param>
    /// <param name="inputs">Values of each observation.</param>
    public DetectionPipeline NewPipeline(string series, int inputs) => new(ProfileOf(series).Plan, inputs, SeedOf(series));

    /// <summary>How the series <paramref name="series"/> is judged: the first entry of the profiles that covers it, else the standard.</summary>
    public DetectionProfile DetectionOf(string series) => ProfileOf(series).Detection;

    /// <summary>Seed of every random choice about <paramref name="series"/>.</summary>
    public static ulong SeedOf(string series) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(series));

    internal SeriesProfile ProfileOf(string series)
    {
        foreach (var (match, profile) in _special)
        {
            if (match.Covers(series))
            {
                return profile;
            }
        }

        return _standard;
    }

    private string Description() => string.Join('\n',
    [
        $"{MaxSeries} {MaxFutureMs} {ScoreIntervalMs}",
        _standard.Identity,
        .. _special.Select(s => $"{s.Match.Match} {s.Profile.Identity}"),
    ]);

    private static SeriesProfile Profile(JudgementSettings settings) => new(ProfileBuilder.Build(settings), settings.Cohort ?? CohortRule.None);
}
