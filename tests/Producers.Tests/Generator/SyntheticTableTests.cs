using Shouldly;
using Tidewatch.Evaluation.Synthetic;
using Xunit;

namespace Tidewatch.Producers.Tests.Generator;

public sealed class SyntheticTableTests
{
    private const string Begin = "<!-- tables: made from the catalogue, see the end of this page -->\n";
    private const string End = "<!-- end of tables -->";

    /// <summary>With <c>WRITE_DOCS=1</c> in the environment it writes the tables instead.</summary>
    [Fact]
    public void Documentation_Tables_AreThoseOfTheCatalogue()
    {
        var path = Path.Combine(RepositoryFolder.Root, "docs", "generator.md");
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..from] + SyntheticTable.Markdown() + text[to..]);
            return;
        }

        text[from..to].ShouldBe(SyntheticTable.Markdown(), "run the producers' tests with WRITE_DOCS=1");
    }
}
