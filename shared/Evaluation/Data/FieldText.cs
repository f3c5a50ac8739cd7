using System.Collections.Frozen;
using System.Globalization;

namespace Tidewatch.Evaluation.Data;

/// <summary>What the text of a field means; the same for every format.</summary>
public static class FieldText
{
    private static readonly string[] Anomalous = ["1", "true", "yes", "anomaly", "anomalous", "abnormal", "outlier", "attack", "intrusion", "malicious", "fraud", "fault", "faulty"];
    private static readonly string[] Ordinary = ["0", "false", "no", "normal", "inlier", "benign", "legitimate", "healthy", "ok"];

    private static readonly FrozenDictionary<string, bool> Labels = Anomalous.Select(w => KeyValuePair.Create(w, true)).Concat(Ordinary.Select(w => KeyValuePair.Create(w, false)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The words that <see cref="LabelOf"/> understands.</summary>
    public static string LabelWords { get; } = $"{string.Join(", ", Anomalous)} for anomalies and {string.Join(", ", Ordinary)} for the rest";

    /// <summary>A number in the invariant culture: NaN where nothing was measured, infinite for inf and infinity with or without sign and for what is too large, 1 for true and 0 for false. False for anything else.</summary>
    /// <remarks>Nothing was measured in an empty field and where NaN, NA, N/A, null, none or ? stands, upper or lower case alike.</remarks>
    public static bool TryNumber(ReadOnlySpan<char> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        if (bool.TryParse(text, out var isTrue))
        {
            value = isTrue ? 1 : 0;
            return true;
        }

        var isInfinite = text.TrimStart("+-").Equals("inf", StringComparison.OrdinalIgnoreCase);
        value = !isInfinite ? double.NaN : text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return isInfinite || IsMissing(text);
    }

    /// <summary>True for the number 1 and the words for an anomaly in <see cref="LabelWords"/>, false for the number 0 and the words for the rest, upper or lower case alike; null for anything else.</summary>
    public static bool? LabelOf(string text) => Labels.TryGetValue(text, out var isAnomalous) ? isAnomalous
        : TryNumber(text, out var number) && number is 0 or 1 ? number == 1
        : null;

    private static bool IsMissing(ReadOnlySpan<char> text) => text.Length <= 4 && text.ToString().ToUpperInvariant() is "" or "NAN" or "NA" or "N/A" or "NULL" or "NONE" or "?";
}
