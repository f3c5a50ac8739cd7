using System.Globalization;
using Tidewatch.Generator.Replay;

namespace Tidewatch.Standalone;

/// <summary>A speed at which a replayed file passes while one watches: 40 s, fewer for a short file, more for one that would outrun the embedded broker's memory.</summary>
public static class ReplaySpeed
{
    public const string Key = "Generator:Replay:Speed";
    private const double WatchedSeconds = 40;
    private const double LeastRowsPerSecond = 50;
    private const double MostRowsPerSecond = 2_000;

    /// <summary>The setting's value; null when it is given already, nothing is replayed, or the file cannot be read (which the options' own check names).</summary>
    public static async Task<string?> OfAsync(IConfiguration configuration)
    {
        var options = configuration.GetSection("Generator:Replay").Get<ReplayOptions>();
        if (configuration[Key] is not null || options is null || !(File.Exists(options.Path) || Directory.Exists(options.Path)))
        {
            return null;
        }

        try
        {
            var (rows, span) = await MeasureAsync(options);
            return Of(rows, span).ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Event time per real time for <paramref name="rows"/> rows over <paramref name="span"/>; 0, flat out, when they span no time.</summary>
    public static double Of(long rows, TimeSpan span)
    {
        var seconds = Math.Max(Math.Min(WatchedSeconds, rows / LeastRowsPerSecond), rows / MostRowsPerSecond);
        return seconds > 0 ? Math.Min(span.TotalSeconds / seconds, 1e9) : 0;
    }

    private static async Task<(long Rows, TimeSpan Span)> MeasureAsync(ReplayOptions options)
    {
        var (rows, span) = (0L, TimeSpan.Zero);
        foreach (var (path, series) in ReplayFile.List(options.Path, options.Domain))
        {
            DateTimeOffset? first = null;
            var last = DateTimeOffset.MinValue;
            await foreach (var row in new ReplayFile(path, series, options).ReadAsync(static _ => { }))
            {
                rows++;
                first ??= row.Time;
                last = row.Time;
            }

            span += last - (first ?? last);
        }

        return (rows, span);
    }
}
