namespace Tidewatch.Producers.Tests.Generator;

/// <summary>The checkout these tests were built in.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tidewatch.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no folder above the tests holds Tidewatch.slnx");
        }

        return folder;
    }
}
