namespace Tidewatch.TestKit;

/// <summary>A page under docs/ that a test writes from the code: <c>UPDATE_DOCS=1</c> in the environment writes it anew.</summary>
public static class GeneratedPage
{
    /// <summary>Null when docs/<paramref name="name"/> says what <paramref name="text"/> says; else the first line that differs, and the remedy.</summary>
    public static string? Stale(string name, string text)
    {
        var path = ServerFolder.InRepository(Path.Combine("docs", name)) ?? throw new InvalidOperationException("the tests run outside the repository");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, text);
        }

        var (there, wanted) = (File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n'), text.Split('\n'));
        var same = there.Zip(wanted).TakeWhile(pair => string.Equals(pair.First, pair.Second, StringComparison.Ordinal)).Count();
        return same == there.Length && same == wanted.Length
            ? null
            : $"docs/{name}:{same + 1} says '{there.ElementAtOrDefault(same)}', the code '{wanted.ElementAtOrDefault(same)}': run the tests once with UPDATE_DOCS=1";
    }
}
