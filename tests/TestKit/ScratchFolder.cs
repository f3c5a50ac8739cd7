using System.Globalization;
using System.Text;

namespace Tidewatch.TestKit;

/// <summary>A folder for one test, and a file to replay in it.</summary>
public sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tidewatch-test-").FullName;

    /// <summary>A calm day-and-night curve of a point a minute with one great spike at <paramref name="spikeAt"/>.</summary>
    public string WriteSeries(string name, int points, int spikeAt)
    {
        var start = new DateTime(2014, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var text = new StringBuilder("timestamp,value\n");
        for (var i = 0; i < points; i++)
        {
            var value = i == spikeAt ? 900 : 50 + (10 * Math.Sin(i / 60.0)) + (i * 7 % 11 / 5.0);
            text.Append(CultureInfo.InvariantCulture, $"{start.AddMinutes(i):yyyy-MM-dd HH:mm:ss},{value:F3}\n");
        }

        var path = System.IO.Path.Combine(Path, $"{name}.csv");
        File.WriteAllText(path, text.ToString());
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
