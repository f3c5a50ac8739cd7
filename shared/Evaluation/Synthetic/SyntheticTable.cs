using System.Globalization;
using System.Text;

namespace Tidewatch.Evaluation.Synthetic;

/// <summary>The catalogue as Markdown, for the documentation.</summary>
public static class SyntheticTable
{
    /// <summary>A table of domains, one of their measures and one of their anomalies.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder();
        Row(text, "domain", "what", "series", "sample", "samples a day", "chance of an anomaly", "missing (realistic)");
        Row(text, "---", "---", "---:", "---:", "---:", "---", "---");
        foreach (var d in SyntheticCatalog.All)
        {
            Row(text, d.Name, d.Summary, Number(SyntheticStream.SeriesOf(d)), $"{d.Interval:hh\\:mm\\:ss}", Number(d.SamplesPerDay), $"{Number(100 * d.Schedule.Chance)} % of blocks of {d.Schedule.Block}, none in the first {d.Schedule.QuietBlocks}", Missing(d));
        }

        text.AppendLine();
        Row(text, "domain", "measure", "unit", "typical", "daily wave", "last two days of seven", "noise", "drift");
        Row(text, "---", "---", "---", "---:", "---:", "---:", "---", "---:");
        foreach (var (d, s) in SyntheticCatalog.All.SelectMany(d => d.Signals.Select(s => (d, s))))
        {
            Row(text, d.Name, d.OnlyFeatures.Contains(s.Name, StringComparer.Ordinal) ? $"{s.Name} (feature only)" : s.Name, s.Unit, Number(s.Level), Percent(s.Daily), $"x {Number(s.Weekend)}", Percent(s.Noise) + (s.Logarithmic ? ", multiplies" : ", adds"), Percent(s.Drift));
        }

        text.AppendLine();
        Row(text, "domain", "anomaly", "samples", "what it does (realistic)");
        Row(text, "---", "---", "---:", "---");
        foreach (var (d, k) in SyntheticCatalog.All.SelectMany(d => d.Schedule.Kinds.Select(k => (d, k))))
        {
            Row(text, d.Name, k.Name, $"{k.Shortest} to {k.Longest}", string.Join("; ", k.Effects.Select(Told)));
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Told(Effect e) => e.Kind switch
    {
        EffectKind.Add => $"{e.Signal} + {Number(e.Least)} to {Number(e.Most)} standard deviations of its noise",
        EffectKind.Times => $"{e.Signal} x {Number(e.Least)} to {Number(e.Most)}",
        EffectKind.Variance => $"noise of {e.Signal} x {Number(e.Least)} to {Number(e.Most)}",
        EffectKind.Ramp => $"{e.Signal} climbs by {Number(e.Least)} to {Number(e.Most)} standard deviations of its noise",
        EffectKind.Stuck => $"{e.Signal} repeats one value",
        _ => throw new NotSupportedException($"effect {e.Kind}"),
    };

    private static string Missing(SyntheticDomain d) => d.Missing == 0 && d.Gaps == 0 ? "none" : $"{Percent(d.Missing)} of samples, a gap in {Percent(d.Gaps)} of blocks";

    private static string Percent(double share) => $"{Number(100 * share)} %";

    private static string Number(double value) => Math.Round(value, 4).ToString(CultureInfo.InvariantCulture);

    private static void Row(StringBuilder text, params ReadOnlySpan<string> cells) => text.Append("| ").AppendJoin(" | ", cells!).AppendLine(" |");
}
