using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tidewatch.Architecture.Tests;

public sealed partial class SourceTests
{
    private static readonly string[] Folders = ["shared", "services", "tests"];

    public static IEnumerable<string> Sources => Folders
        .SelectMany(f => Directory.EnumerateFiles(Path.Combine(ProjectFile.Root, f), "*.cs", SearchOption.AllDirectories))
        .Where(f => !BuildOutput().IsMatch(f));

    [Fact]
    public void Files_AreSmall()
    {
        var lines = Sources.Select(f => (File: f, Lines: File.ReadLines(f).Count())).ToList();
        lines.Where(l => l.Lines > 300).ShouldBeEmpty();
    }

    [Fact]
    public void Names_SayWhatAThingIs() =>
        Sources.Select(f => Path.GetFileNameWithoutExtension(f)).ShouldAllBe(n => !VagueName().IsMatch(n));

    [Fact]
    public void Docs_NameOnlyPathsThatExist()
    {
        var missing = from file in Documents()
                      from Match match in RepositoryPath().Matches(File.ReadAllText(file))
                      let path = match.Groups["path"].Value.TrimEnd('/')
                      where !Path.Exists(Path.Combine(ProjectFile.Root, path))
                      select $"{Path.GetRelativePath(ProjectFile.Root, file)}: {path}";
        missing.Distinct(StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Path.Combine(ProjectFile.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(ProjectFile.Root, "README.md")).Append(Path.Combine(ProjectFile.Root, "CONTRIBUTING.md"));

    [GeneratedRegex("[/\\\\](bin|obj)[/\\\\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BuildOutput();

    [GeneratedRegex("(Manager|Helpers?|Utils?)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VagueName();

    [GeneratedRegex("`(?<path>(shared|services|tests|infra|k8s|docs)/[A-Za-z0-9_./-]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RepositoryPath();
}
