using Shouldly;
using Tidewatch.Evaluation.Synthetic;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Producers.Tests.Generator;

public sealed class SyntheticTableTests
{
    private const string Begin = "<!-- tables: made from the catalogue, see the end of this page -->\n";
    private const string End = "<!-- end of tables -->";

    [Fact]
    public void Documentation_Tables_AreThoseOfTheCatalogue()
    {
        var text = File.ReadAllText(ServerFolder.InRepository("docs/generator.md")!);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        GeneratedPage.Stale("generator.md", text[..from] + SyntheticTable.Markdown() + text[to..]).ShouldBeNull();
    }
}
