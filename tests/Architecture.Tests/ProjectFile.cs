using System.Xml.Linq;
using Tidewatch.TestKit;

namespace Tidewatch.Architecture.Tests;

/// <summary>A project as its file declares it.</summary>
internal sealed record ProjectFile(string Folder, string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    /// <summary>The repository's root: the nearest folder above the test that holds the solution.</summary>
    public static string Root { get; } = ServerFolder.InRepository("") ?? throw new DirectoryNotFoundException("no folder above the test holds Tidewatch.slnx");

    public static IReadOnlyList<ProjectFile> All(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => Read(folder, path))];

    private static ProjectFile Read(string folder, string path)
    {
        var document = XDocument.Load(path);
        return new(
            folder,
            Path.GetFileNameWithoutExtension(path),
            [.. document.Descendants("ProjectReference").Select(e => Path.GetFileNameWithoutExtension(e.Attribute("Include")!.Value))],
            [.. document.Descendants("PackageReference").Select(e => e.Attribute("Include")!.Value)]);
    }
}
