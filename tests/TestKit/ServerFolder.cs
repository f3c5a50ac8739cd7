namespace Tidewatch.TestKit;

/// <summary>Where ready servers lie: a variable of their own, else the optional folder SERVERS (default <c>../shared</c> beside the repository).</summary>
public static class ServerFolder
{
    /// <summary>The path of <paramref name="file"/> under the variable's folder or under SERVERS/<paramref name="name"/>; null where neither has it.</summary>
    public static string? Find(string variable, string name, string file) =>
        new[] { Environment.GetEnvironmentVariable(variable), Root is { } root ? Path.Combine(root, name) : null }
            .Where(folder => !string.IsNullOrEmpty(folder)).Select(folder => Path.Combine(folder!, file)).FirstOrDefault(File.Exists);

    /// <summary>The folder SERVERS; null where there is none.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>A file of the labelled data; null where the folder is not there.</summary>
    public static string? Data(string path) => Root is { } root && Path.Combine(root, "data", path) is var full && Path.Exists(full) ? full : null;

    /// <summary>A file of the repository, by its path from the root; null where the tests run outside of a checkout.</summary>
    public static string? InRepository(string path) => Repository() is { } root ? Path.Combine(root, path) : null;

    private static string? Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tidewatch.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }

    private static string? FindRoot()
    {
        if (Environment.GetEnvironmentVariable("SERVERS") is { Length: > 0 } given)
        {
            return Directory.Exists(given) ? Path.GetFullPath(given) : null;
        }

        return Path.GetDirectoryName(Repository()) is { } parent && Path.Combine(parent, "shared") is var shared && Directory.Exists(shared) ? shared : null;
    }
}
