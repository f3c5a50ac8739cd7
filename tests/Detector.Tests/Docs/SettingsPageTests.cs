using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;
using Shouldly;
using Tidewatch.Detection.Adaptation;
using Tidewatch.Detection.Ensembles;
using Tidewatch.Detector.Settings;
using Tidewatch.Engine.Settings;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Detector.Tests.Docs;

/// <summary>docs/settings.md is written from the settings records and their docs; <c>UPDATE_DOCS=1</c> in the environment writes it anew.</summary>
public sealed class SettingsPageTests
{
    [Fact]
    public void SettingsPage_Always_SaysWhatTheSettingsSay() => GeneratedPage.Stale("settings.md", Page()).ShouldBeNull();

    private static string Page()
    {
        var page = new StringBuilder("""
            # Settings of the detector

            Generated from `DetectorSettings` and `ProfileSettings`; `SettingsPageTests` fails when it is stale and writes it with `UPDATE_DOCS=1`.

            A key `Detector:Threshold` is the environment variable `TIDEWATCH_Detector__Threshold` or, in a file of settings, `{ "Detector": { "Threshold": 0.6 } }`; `tidewatch replay`
            and `tidewatch detect` take it as `--set Threshold=0.6`. Unknown keys and values out of range stop the start; all errors are told together. Other settings take
            effect at the offset up to which the detector had come; series that they judge as before keep what they learned, the others begin anew (`docs/decisions/settings-at-an-offset.md`).

            A model of one's own scores the series of an entry by the path of its file, which is opened and checked at the start:

            ```json
            { "Detector": { "Profiles": [ { "Match": "hosts/*", "Detector": "onnx", "Options": { "onnx": { "Path": "/models/hosts.onnx", "Half": "0.7" } } } ] } }
            ```

            """);
        page.Append("\n## Detector\n\n").Append(Table(typeof(DetectorSettings)));
        page.Append("\n## Detector:Profiles\n\nEntries of a list, `Detector:Profiles:0:Match` and so on.\n\n").Append(Table(typeof(ProfileSettings)));
        return page.ToString();
    }

    private static string Table(Type type)
    {
        var rows = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)
            .OrderBy(p => Depth(p.DeclaringType!)).ThenBy(p => p.MetadataToken).SelectMany(p => Rows(p, ""));
        return $"| Key | Values | Meaning |\n|---|---|---|\n{string.Concat(rows)}";
    }

    private static IEnumerable<string> Rows(PropertyInfo property, string prefix)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(EnsembleOptions) || type == typeof(AdaptationOptions))
        {
            return type.GetProperties().Where(p => p.CanWrite).SelectMany(p => Rows(p, $"{prefix}{property.Name}:"));
        }

        var range = property.GetCustomAttribute<RangeAttribute>();
        var values = type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(n => n.ToLowerInvariant())) : range is null ? "" : $"{range.Minimum} to {range.Maximum}";
        return [$"| `{prefix}{property.Name}` | {values} | {XmlDocs.SummaryOf(property).Replace("|", "\\|", StringComparison.Ordinal)} |\n"];
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;
}
