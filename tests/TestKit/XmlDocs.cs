using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tidewatch.TestKit;

/// <summary>The documentation that the compiler wrote beside an assembly.</summary>
public static partial class XmlDocs
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Files = [];

    /// <summary>The summary of a property as Markdown, on one line.</summary>
    public static string SummaryOf(PropertyInfo property) => SummaryOf(property.DeclaringType!, 'P', $".{property.Name}");

    /// <summary>The summary of a type as Markdown, on one line.</summary>
    public static string SummaryOf(Type type) => SummaryOf(type, 'T', "");

    private static string SummaryOf(Type type, char kind, string member)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return MembersOf(type.Assembly).TryGetValue($"{kind}:{definition.FullName!.Replace('+', '.')}{member}", out var found) && found.Element("summary") is { } summary
            ? Spaces().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim()
            : throw new InvalidOperationException($"{type.Name}{member} has no documentation");
    }

    private static string Text(XNode node) => node switch
    {
        XElement { Name.LocalName: "see" } see => $"`{(see.Attribute("cref") ?? see.Attribute("langword"))!.Value.Split('.', ':')[^1].Split('`')[0]}`",
        XElement element => $"`{element.Value}`",
        _ => ((XText)node).Value,
    };

    private static Dictionary<string, XElement> MembersOf(Assembly assembly)
    {
        if (!Files.TryGetValue(assembly, out var members))
        {
            members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);
            Files[assembly] = members;
        }

        return members;
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
