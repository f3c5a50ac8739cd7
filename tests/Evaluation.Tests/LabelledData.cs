using Tidewatch.TestKit;

namespace Tidewatch.Evaluation.Tests;

/// <summary>The optional folder with labelled data, see <see cref="ServerFolder.Data"/>.</summary>
internal static class LabelledData
{
    /// <summary>The path of <paramref name="name"/> there; skips the test when it is absent.</summary>
    public static string Require(string name)
    {
        var path = ServerFolder.Data(name);
        Assert.SkipWhen(path is null, $"no data/{name}: set SERVERS to a folder that has it");
        return path;
    }
}
