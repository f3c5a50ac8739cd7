using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;
using Shouldly;
using Tidewatch.Detection;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Explanations;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Models.Tests.Docs;

/// <summary>docs/detectors.md is written from the catalogues; <c>UPDATE_DOCS=1</c> in the environment writes it anew.</summary>
public sealed class DetectorTableTests
{
    private static readonly DetectorEntry[] Streams = [.. DetectorCatalog.All.Concat(ModelCatalog.Detectors).OrderBy(e => e.Name, StringComparer.Ordinal)];
    private static readonly BatchEntry[] Tables = [.. BatchCatalog.All.Concat(ModelCatalog.Batch).OrderBy(e => e.Name, StringComparer.Ordinal)];

    [Fact]
    public void DetectorsPage_Always_SaysWhatTheCataloguesSay() => GeneratedPage.Stale("detectors.md", Page()).ShouldBeNull();

    private static string Page()
    {
        var page = new StringBuilder("# Detectors\n\nGenerated from `DetectorCatalog`, `BatchCatalog` and `ModelCatalog`; `DetectorTableTests` fails when it is stale and writes it with `UPDATE_DOCS=1`.\n");
        page.Append("\n## On streams\n\nScore, then learn, one observation at a time. *Features*: one or every feature of a series. *Range*: gives an expected range. *Explained*: how features share a score, by exact contributions, by a surrogate fitted around the sample with at most 256 more scores, once an alert, or by what its members say. *Free*: allocates nothing once warm.\n");
        page.Append("\n| Name | What it does | Features | Range | Explained | Free |\n|---|---|---|---|---|---|\n");
        foreach (var entry in Streams)
        {
            var traits = entry.Traits;
            page.Append($"| `{entry.Name}` | {entry.Summary} | {(traits.HasFlag(DetectorTraits.Multivariate) ? "every" : "one")} | {Yes(traits, DetectorTraits.Expects)} | {Explained(entry)} | {Yes(traits, DetectorTraits.AllocationFree)} |\n");
        }

        page.Append("\n## On tables\n\nRows without time, learned together; larger scores are more anomalous.\n\n| Name | What it does |\n|---|---|\n");
        foreach (var entry in Tables)
        {
            page.Append($"| `{entry.Name}` | {entry.Summary} |\n");
        }

        page.Append("\n## Options\n\nDefault, then what is allowed. In the detector's settings: `Options:NAME:OPTION`, see [settings.md](settings.md); options after `Model:` there by their own name. On the command line: `--options` as JSON.\n");
        foreach (var (name, options) in Streams.Select(e => (e.Name, e.Defaults())).Concat(Tables.Select(e => (e.Name + " (table)", e.Defaults()))))
        {
            page.Append($"\n### {name}\n\n");
            page.AppendJoin("", Lines(options, ""));
        }

        return page.ToString();
    }

    private static string Explained(DetectorEntry entry) =>
        entry.Traits.HasFlag(DetectorTraits.Additive) ? "exact"
        : entry.Traits.HasFlag(DetectorTraits.Multivariate) && (entry.Traits.HasFlag(DetectorTraits.Expects) || entry.DetectorType.IsAssignableTo(typeof(IReferencedDetector))) ? "surrogate"
        : entry.DetectorType.IsAssignableTo(typeof(IComposedDetector)) ? "members" : "";

    private static string Yes(DetectorTraits traits, DetectorTraits wanted) => traits.HasFlag(wanted) ? "yes" : "";

    private static IEnumerable<string> Lines(DetectorOptions options, string prefix)
    {
        var properties = options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetMethod!.IsPublic).ToArray();
        if (properties.Length == 0)
        {
            yield return "None.\n";
        }

        foreach (var property in properties)
        {
            var value = property.GetValue(options);
            if (value is DetectorOptions nested)
            {
                foreach (var line in Lines(nested, prefix + property.Name + ":").Where(l => l != "None.\n"))
                {
                    yield return line;
                }

                continue;
            }

            var range = property.GetCustomAttribute<RangeAttribute>();
            var shown = value is System.Collections.IEnumerable many and not string ? string.Join(", ", many.Cast<object>()) : value;
            yield return $"- `{prefix}{property.Name}`: {shown}{(range is null ? "" : $"; {range.Minimum} to {range.Maximum}")}\n";
        }
    }
}
