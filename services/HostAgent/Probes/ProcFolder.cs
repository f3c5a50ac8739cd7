namespace Tidewatch.HostAgent.Probes;

/// <summary>The kernel's <c>/proc</c>, or a folder of recorded files.</summary>
public sealed class ProcFolder(string root)
{
    private static readonly char[] Blank = [' ', '\t'];

    public bool Exists => File.Exists(Path.Combine(root, "stat"));

    public bool Has(string file) => File.Exists(Path.Combine(root, file));

    /// <summary>The lines of a file, each split at blanks.</summary>
    public IEnumerable<string[]> Rows(string file) =>
        File.ReadAllLines(Path.Combine(root, file)).Select(l => l.Split(Blank, StringSplitOptions.RemoveEmptyEntries));
}
