namespace Tidewatch.Evaluation.Data;

/// <summary>Rows of numbers with a label each.</summary>
/// <param name="Values">Row-major.</param>
/// <param name="Dimension">Values of a row.</param>
/// <param name="Labels">True for an anomaly.</param>
public sealed record LabelledTable(double[] Values, int Dimension, bool[] Labels)
{
    /// <summary>Reads every column but <paramref name="label"/> and those named in <paramref name="without"/> as features.</summary>
    public static LabelledTable Read(string file, string label, params string[] without)
    {
        using var rows = CsvRows.Open(file);
        return Read(rows, label, without);
    }

    /// <summary>Reads every column but <paramref name="label"/> and those named in <paramref name="without"/> as features.</summary>
    public static LabelledTable Read(IRowReader rows, string label, params string[] without)
    {
        var labelColumn = rows.IndexOf(label);
        var features = Enumerable.Range(0, rows.Columns.Count).Where(i => i != labelColumn && !without.Contains(rows.Columns[i], StringComparer.OrdinalIgnoreCase)).ToArray();
        var (values, labels) = (new List<double>(), new List<bool>());
        while (rows.Next())
        {
            labels.Add(rows.Label(labelColumn));
            foreach (var feature in features)
            {
                values.Add(rows.Number(feature));
            }
        }

        return features.Length > 0 && labels.Count > 0
            ? new LabelledTable([.. values], features.Length, [.. labels])
            : throw new DataFormatException(rows.File, 0, null, "no rows or no columns beside the label");
    }

    /// <summary>At most <paramref name="most"/> rows, drawn without replacement as <c>numpy.random.RandomState(0).permutation(rows)[:most]</c> draws them: the sample of the published baselines.</summary>
    public LabelledTable Sample(int most)
    {
        if (Labels.Length <= most)
        {
            return this;
        }

        var drawn = new MersenneTwister(0).Permutation(Labels.Length).AsSpan(0, most);
        var (values, labels) = (new double[most * Dimension], new bool[most]);
        for (var i = 0; i < most; i++)
        {
            Values.AsSpan(drawn[i] * Dimension, Dimension).CopyTo(values.AsSpan(i * Dimension));
            labels[i] = Labels[drawn[i]];
        }

        return new LabelledTable(values, Dimension, labels);
    }

    /// <summary>Columns with mean 0 and deviation 1 by the first <paramref name="fitted"/> rows; columns that are constant there are left out.</summary>
    public LabelledTable Standardised(int fitted)
    {
        var scales = Enumerable.Range(0, Dimension).Select(c => (Column: c, Scale: Moments(c, fitted))).Where(c => c.Scale.Deviation > 0).ToArray();
        var values = new double[Labels.Length * scales.Length];
        for (var row = 0; row < Labels.Length; row++)
        {
            for (var i = 0; i < scales.Length; i++)
            {
                values[(row * scales.Length) + i] = (Values[(row * Dimension) + scales[i].Column] - scales[i].Scale.Mean) / scales[i].Scale.Deviation;
            }
        }

        return this with { Values = values, Dimension = scales.Length };
    }

    private (double Mean, double Deviation) Moments(int column, int fitted)
    {
        var (mean, square) = (0.0, 0.0);
        for (var row = 0; row < fitted; row++)
        {
            mean += Values[(row * Dimension) + column] / fitted;
        }

        for (var row = 0; row < fitted; row++)
        {
            var difference = Values[(row * Dimension) + column] - mean;
            square += difference * difference / fitted;
        }

        return (mean, Math.Sqrt(square) is var deviation && deviation > 1e-12 * Math.Max(1, Math.Abs(mean)) ? deviation : 0);
    }
}
