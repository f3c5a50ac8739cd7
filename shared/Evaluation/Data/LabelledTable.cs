namespace Tidewatch.Evaluation.Data;

/// <summary>Rows of numbers with a label each.</summary>
/// <param name="Values">Row-major; NaN where nothing was measured.</param>
/// <param name="Dimension">Values of a row.</param>
/// <param name="Labels">True for an anomaly.</param>
/// <param name="Columns">The values' names in their order.</param>
public sealed record LabelledTable(double[] Values, int Dimension, bool[] Labels, IReadOnlyList<string> Columns)
{
    /// <summary>What of the file could not be used, a line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads every column of numbers but <paramref name="label"/> and those named in <paramref name="without"/> as features.</summary>
    /// <param name="rows">The file.</param>
    /// <param name="label">Name of the label.</param>
    /// <param name="forgivesWords">Whether a word deep in a column of numbers is taken as missing; else it is an error.</param>
    /// <param name="without">Columns that are no features.</param>
    public static LabelledTable Read(IRowReader rows, string label, bool forgivesWords, params string[] without)
    {
        var labelColumn = rows.IndexOf(label);
        int[] candidates = [.. Enumerable.Range(0, rows.Columns.Count).Where(i => i != labelColumn && !without.Contains(rows.Columns[i], StringComparer.OrdinalIgnoreCase))];
        return Read(rows, labelColumn, FeatureColumns.Among(rows, candidates, forgivesWords));
    }

    /// <summary>Reads the columns named <paramref name="features"/>, in this order; every label is false where there is no column <paramref name="label"/>.</summary>
    public static LabelledTable ReadColumns(IRowReader rows, string label, IReadOnlyList<string> features) => Read(
        rows, rows.Columns.Contains(label, StringComparer.OrdinalIgnoreCase) ? rows.IndexOf(label) : null, FeatureColumns.Named(rows, features.Select(rows.IndexOf)));

    /// <summary>At most <paramref name="most"/> rows, drawn without replacement as <c>numpy.random.RandomState(0).permutation(rows)[:most]</c> draws them: the sample of the published baselines.</summary>
    /// <remarks>Where anomalies are so rare that none was drawn, the first of the states 1, 2, ... that draws both kinds is taken.</remarks>
    public LabelledTable Sample(int most)
    {
        if (Labels.Length <= most)
        {
            return this;
        }

        var drawn = Draw(most, 0);
        for (var state = 1u; !HasBothKinds(drawn.Select(d => Labels[d])) && HasBothKinds(Labels); state++)
        {
            drawn = Draw(most, state);
        }

        var (values, labels) = (new double[most * Dimension], new bool[most]);
        for (var i = 0; i < most; i++)
        {
            Values.AsSpan(drawn[i] * Dimension, Dimension).CopyTo(values.AsSpan(i * Dimension));
            labels[i] = Labels[drawn[i]];
        }

        return this with { Values = values, Labels = labels };
    }

    /// <summary>Rows <paramref name="first"/> to before <paramref name="end"/>.</summary>
    public LabelledTable Rows(int first, int end) => this with { Values = Values[(first * Dimension)..(end * Dimension)], Labels = Labels[first..end] };

    /// <summary>Columns with mean 0 and deviation 1 by the first <paramref name="fitted"/> rows; what is missing becomes the mean, and columns that are constant there are left out.</summary>
    public LabelledTable Standardised(int fitted)
    {
        var scales = Enumerable.Range(0, Dimension).Select(c => (Column: c, Scale: Moments(c, fitted))).Where(c => c.Scale.Deviation > 0).ToArray();
        var values = new double[Labels.Length * scales.Length];
        for (var row = 0; row < Labels.Length; row++)
        {
            for (var i = 0; i < scales.Length; i++)
            {
                var value = Values[(row * Dimension) + scales[i].Column];
                values[(row * scales.Length) + i] = double.IsNaN(value) ? 0 : (value - scales[i].Scale.Mean) / scales[i].Scale.Deviation;
            }
        }

        return this with { Values = values, Dimension = scales.Length, Columns = [.. scales.Select(s => Columns[s.Column])] };
    }

    /// <summary>Throws <see cref="DataFormatException"/> naming <paramref name="file"/> unless there are anomalies and normal rows.</summary>
    public void RequireBothKinds(string file)
    {
        if (!HasBothKinds(Labels))
        {
            throw new DataFormatException(file, 0, null, $"{Labels.AsSpan().Count(true)} of {Labels.Length} rows are anomalies: both kinds are needed");
        }
    }

    private static bool HasBothKinds(IEnumerable<bool> labels) => labels.Contains(true) && labels.Contains(false);

    private int[] Draw(int most, uint state) => new MersenneTwister(state).Permutation(Labels.Length)[..most];

    private static LabelledTable Read(IRowReader rows, int? label, FeatureColumns features)
    {
        var (values, labels, row) = (new List<double>(), new List<bool>(), new double[features.Count]);
        while (rows.Next())
        {
            labels.Add(label is { } column && rows.Label(column));
            features.Read(rows, row);
            values.AddRange(row);
        }

        return features.Count > 0 && labels.Count > 0
            ? new LabelledTable([.. values], features.Count, [.. labels], features.Names) { Warnings = [.. features.Warnings] }
            : throw new DataFormatException(rows.File, 0, null, "no rows or no columns beside the label");
    }

    private (double Mean, double Deviation) Moments(int column, int fitted)
    {
        var (mean, square, count) = (0.0, 0.0, 0);
        for (var row = 0; row < fitted; row++)
        {
            count += double.IsNaN(Values[(row * Dimension) + column]) ? 0 : 1;
        }

        for (var row = 0; row < fitted; row++)
        {
            var value = Values[(row * Dimension) + column];
            mean += double.IsNaN(value) ? 0 : value / count;
        }

        for (var row = 0; row < fitted; row++)
        {
            var difference = Values[(row * Dimension) + column] - mean;
            square += double.IsNaN(difference) ? 0 : difference * difference / count;
        }

        return (mean, Math.Sqrt(square) is var deviation && deviation > 1e-12 * Math.Max(1, Math.Abs(mean)) ? deviation : 0);
    }
}
