using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Models;

/// <summary>The content of a model file.</summary>
public sealed record SavedModel
{
    /// <summary>Version of the format it was read from; what is written has the newest.</summary>
    public int Version { get; init; } = ModelFile.Newest;

    public required ModelKind Kind { get; init; }

    /// <summary>Name in the catalogue of its kind; of a profile that was put together by settings, the name its alerts have.</summary>
    public required string Detector { get; init; }

    /// <summary>Options of the catalogue entry's type; of a profile <see cref="PipelineOptions"/>.</summary>
    public required DetectorOptions Options { get; init; }

    /// <summary>Names of the values of a row in their order, 1 to 1,024.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Rows it was trained on.</summary>
    public required long Rows { get; init; }

    /// <summary>Time of the last row of its training, Unix milliseconds: rows without a time go on from it. A file that did not say has a second a row.</summary>
    public long LastMs { get; init; }

    /// <summary>Score from which a row is anomalous, in (0, 1].</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>What the detector or the pipeline saved, or the fitted rows.</summary>
    public required ReadOnlyMemory<byte> State { get; init; }

    /// <summary>What a trained detector learned, ready to be written.</summary>
    public static SavedModel Of(DetectorEntry entry, DetectorOptions options, IReadOnlyList<string> columns, ulong seed, long rows, IDetector trained)
    {
        var writer = new StateWriter();
        trained.Save(writer);
        return new SavedModel { Kind = ModelKind.Stream, Detector = entry.Name, Options = options, Columns = columns, Seed = seed, Rows = rows, State = writer.WrittenMemory };
    }

    /// <summary>Fitted rows (row-major), ready to be written.</summary>
    public static SavedModel Of(Batch.BatchEntry entry, DetectorOptions options, IReadOnlyList<string> columns, ulong seed, ReadOnlySpan<double> rows)
    {
        var writer = new StateWriter();
        writer.WriteArray(rows);
        return new SavedModel { Kind = ModelKind.Batch, Detector = entry.Name, Options = options, Columns = columns, Seed = seed, Rows = rows.Length / columns.Count, State = writer.WrittenMemory };
    }

    /// <summary>What a trained pipeline learned, ready to be written.</summary>
    public static SavedModel Of(PipelineOptions options, IReadOnlyList<string> columns, ulong seed, long rows, DetectionPipeline trained)
    {
        var writer = new StateWriter();
        trained.Save(writer);
        return new SavedModel
        {
            Kind = ModelKind.Profile, Detector = trained.Profile.Name, Options = options, Columns = columns, Seed = seed, Rows = rows, Threshold = trained.Profile.Threshold.Threshold, State = writer.WrittenMemory,
        };
    }

    /// <summary>The detector with all it learned. Throws <see cref="ModelFormatException"/> for a state that its detector did not write.</summary>
    public IDetector OpenStream()
    {
        if (Kind != ModelKind.Stream)
        {
            throw new ModelFormatException($"'{Detector}' was fitted to a table: it is no detector of a stream");
        }

        var detector = DetectorCatalog.Get(Detector).Create(Options, new SeriesContext(Columns.Count, Seed));
        Load(detector.Load, $"'{Detector}'", "options");
        return detector;
    }

    /// <summary>Puts what was learned into <paramref name="pipeline"/>, built under <see cref="Options"/> and new. Throws <see cref="ModelFormatException"/> for a state that no such pipeline wrote.</summary>
    public void OpenInto(DetectionPipeline pipeline) => Load(pipeline.Load, $"profile '{Detector}'", "settings");

    /// <summary>The model fitted to its rows again. Throws <see cref="ModelFormatException"/> for rows that are no table of finite numbers.</summary>
    public FittedTable OpenBatch()
    {
        if (Kind != ModelKind.Batch)
        {
            throw new ModelFormatException($"'{Detector}' learned a stream: it was not fitted to a table");
        }

        try
        {
            var reader = new StateReader(State.Span);
            var rows = reader.ReadArray<double>(State.Length / sizeof(double));
            return reader.Remaining == 0 && rows.Length > 0 && rows.Length % Columns.Count == 0 && Array.TrueForAll(rows, v => Math.Abs(v) <= FittedTable.Largest)
                ? new FittedTable(Batch.BatchCatalog.Get(Detector).Create(Options, Seed), rows, Columns.Count)
                : throw new ModelFormatException($"the rows are no table of {Columns.Count} columns of finite numbers");
        }
        catch (StateFormatException e)
        {
            throw new ModelFormatException($"the fitted rows are damaged: {e.Message}", e);
        }
    }

    /// <summary>Hands the whole state to its owner.</summary>
    private void Load(StateLoad load, string owner, string under)
    {
        try
        {
            var reader = new StateReader(State.Span);
            load(ref reader);
            if (reader.Remaining > 0)
            {
                throw new ModelFormatException($"{reader.Remaining} bytes are left after the state of {owner}");
            }
        }
        catch (StateFormatException e)
        {
            throw new ModelFormatException($"the state is none of {owner} with these {under}: {e.Message}", e);
        }
    }

    private delegate void StateLoad(ref StateReader reader);
}
