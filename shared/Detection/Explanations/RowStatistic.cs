namespace Tidewatch.Detection.Explanations;

/// <summary>A model's statistic of a row, larger for the more anomalous.</summary>
public delegate double RowStatistic(ReadOnlySpan<double> values);
