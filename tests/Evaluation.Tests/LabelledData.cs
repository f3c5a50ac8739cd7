namespace Tidewatch.Evaluation.Tests;

/// <summary>The optional folder with labelled data: <c>data</c> under the folder of <c>SERVERS</c>, or beside the repository.</summary>
internal static class LabelledData
{
    /// <summary>The path of <paramref name="name"/> there; skips the test when it is absent.</summary>
    public static string Require(string name)
    {
        var path = Path.Combine(Root(), "data", name);
        if (!Directory.Exists(path) && !File.Exists(path))
        {
            Assert.Skip($"no {path}: set SERVERS to a folder that has data/{name}");
        }

        return path;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tidewatch.slnx")))
        {
            folder = folder.Parent;
        }

        var repository = folder?.FullName ?? Environment.CurrentDirectory;
        return Environment.GetEnvironmentVariable("SERVERS") is { Length: > 0 } servers
            ? Path.GetFullPath(servers, repository)
            : Path.Combine(repository, "..", "shared");
    }
}
