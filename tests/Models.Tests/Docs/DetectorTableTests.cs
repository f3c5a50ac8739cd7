using System.ComponentModel.DataAnnotations;
using System.Globalization;
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

        page.Append("\n## Options\n\nWhat a detector does and after whom, then its options. In the detector's settings: `Options:NAME:OPTION`, see [settings.md](settings.md); options after `Model:` there by their own name. On the command line: `--options` as JSON.\n");
        foreach (var (name, source, options) in Streams.Select(e => (e.Name, Source(e.DetectorType), e.Defaults())).Concat(Tables.Select(e => (e.Name + " (table)", e.DetectorType, e.Defaults()))))
        {
            string[] rows = [.. Rows(options, "")];
            page.Append($"\n### {name}\n\n{XmlDocs.SummaryOf(source)}\n\n");
            page.Append(rows.Length == 0 ? "No options.\n" : $"| Option | Default | Values | Meaning |\n|---|---|---|---|\n{string.Concat(rows)}");
        }

        return page.ToString();
    }

    /// <summary>A table's detector that is fitted again to a window is told of by what is fitted.</summary>
    private static Type Source(Type detector) => detector.IsGenericType ? detector.GetGenericArguments()[0] : detector;

    private static string Explained(DetectorEntry entry) =>
        entry.Traits.HasFlag(DetectorTraits.Additive) ? "exact"
        : entry.Traits.HasFlag(DetectorTraits.Multivariate) && (entry.Traits.HasFlag(DetectorTraits.Expects) || entry.DetectorType.IsAssignableTo(typeof(IReferencedDetector))) ? "surrogate"
        : entry.DetectorType.IsAssignableTo(typeof(IComposedDetector)) ? "members" : "";

    private static string Yes(DetectorTraits traits, DetectorTraits wanted) => traits.HasFlag(wanted) ? "yes" : "";

    private static IEnumerable<string> Rows(DetectorOptions options, string prefix) => options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetMethod!.IsPublic)
        .SelectMany(p => p.GetValue(options) is DetectorOptions nested ? Rows(nested, $"{prefix}{p.Name}:") : [$"| `{prefix}{p.Name}` | {Shown(p.GetValue(options))} | {Values(p)} | {XmlDocs.SummaryOf(p).Replace("|", "\\|", StringComparison.Ordinal)} |\n"]);

    private static string Shown(object? value) => value is System.Collections.IEnumerable many and not string ? string.Join(", ", many.Cast<object>()) : string.Create(CultureInfo.InvariantCulture, $"{value}");

    private static string Values(PropertyInfo property) =>
        property.PropertyType.IsEnum ? string.Join(", ", Enum.GetNames(property.PropertyType))
        : property.PropertyType == typeof(bool) ? "True, False"
        : property.GetCustomAttribute<RangeAttribute>() is not { } range ? ""
        : range.Maximum is double.MaxValue ? $"at least {range.Minimum}"
        : $"{range.Minimum} to {range.Maximum}";
}
