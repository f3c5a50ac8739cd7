using System.Globalization;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Tidewatch.Detection;
using Tidewatch.Detection.Explanations;
using Tidewatch.Detection.Thresholds;

namespace Tidewatch.Engine;

/// <summary>A verdict that changed something, as the alert that readers get.</summary>
internal sealed class AlertFactory(EngineScope scope)
{
    private const int MostContributions = 5;

    public Alert Create(SeriesState series, in Verdict verdict, ReadOnlySpan<double> values, ObservationFrame frame, ReadOnlySpan<byte> message, long offset, bool cold)
    {
        var value = values[verdict.Feature];
        var detector = series.Profile.DetectorName;
        return new Alert
        {
            Id = AlertIdentity.Id(scope.TopicId, scope.Partition, offset, detector, 0),
            Key = series.Profile.AlertKey(series.Name),
            State = StateOf(verdict.Transition),
            Series = series.Name,
            Domain = scope.Domain,
            Detector = detector,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(frame.TimeMs),
            OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(series.Pipeline.OpenedAtMs),
            Value = value,
            Expected = verdict.HasExpectation ? Range(verdict.Expectation) : null,
            ZScore = verdict.HasExpectation ? Finite(verdict.Expectation.ZScore(value)) : null,
            Score = verdict.Score,
            Threshold = verdict.Threshold,
            Severity = (Severity)verdict.Worst,
            Direction = DirectionOf(verdict, value),
            Reason = Reason(series, verdict, value),
            Features = series.Features is { } order ? Map(order, values) : null,
            Contributions = verdict.Cause is { } cause ? CauseOf(series, cause) : null,
            Interval = verdict.Cause?.Members?.Spread is { } spread ? new ScoreInterval(Rounded(spread.Lower), Rounded(spread.Upper)) : null,
            Disagreement = verdict.Cause?.Members is { } members ? Rounded(members.Spread.Disagreement) : null,
            Attributes = AttributesCodec.Decode(frame.AttributesJson(message)),
            Label = frame.Label,
            Source = new SourcePosition(scope.Topic, scope.Partition, offset),
            ColdStart = cold,
        };
    }

    public static ExpectedRange Range(in Expectation expectation) => new(expectation.Lower, expectation.Center, expectation.Upper);

    private static AlertContributions? CauseOf(SeriesState series, VerdictCause cause)
    {
        var features = cause.FeatureShares is { } shares ? Largest(series.Features?.Names ?? [.. series.Profile.Detection.Features.Select(f => f.Name)], shares) : null;
        var detectors = cause.Members is { } members ? Largest(members.Names, members.Shares()) : null;
        return features is null && detectors is null ? null : new AlertContributions(features, features is null ? null : cause.IsExact, detectors);
    }

    /// <summary>The largest shares by name; equal ones in the order of their names' list. Null where there is none.</summary>
    private static Contribution[]? Largest(IReadOnlyList<string> names, double[] shares)
    {
        Contribution[] largest = [.. names.Select((name, i) => new Contribution(name, Rounded(shares[i]))).Where(c => c.Share > 0).OrderByDescending(c => c.Share).Take(MostContributions)];
        return largest.Length > 0 ? largest : null;
    }

    /// <summary>To three places: enough for a person, and the same on every machine.</summary>
    private static double Rounded(double share) => Math.Round(share, 3);

    private static AlertState StateOf(AlertTransition transition) => transition switch
    {
        AlertTransition.Opened => AlertState.Opened,
        AlertTransition.Escalated => AlertState.Updated,
        _ => AlertState.Resolved,
    };

    private static Direction DirectionOf(in Verdict verdict, double value) =>
        !verdict.HasExpectation || verdict.Transition == AlertTransition.Resolved ? Direction.None
        : value >= verdict.Expectation.Center ? Direction.Spike : Direction.Dip;

    private static string Reason(SeriesState series, in Verdict verdict, double value)
    {
        var profile = series.Profile.Detection;
        var name = series.Features is { } order ? order.Names[verdict.Feature] : "value";
        if (verdict.Transition == AlertTransition.Resolved)
        {
            return $"{name} {Text(value)} is normal again: {profile.Threshold.ResolveAfter} observations in a row scored below {Text(verdict.Threshold)}";
        }

        var score = $"{series.Profile.DetectorName} scored {Text(verdict.Score)}, threshold {Text(verdict.Threshold)}";
        if (!verdict.HasExpectation)
        {
            return $"{name} {Text(value)}: {score}";
        }

        var expected = verdict.Expectation;
        var side = value >= expected.Center ? "above" : "below";
        return $"{name} {Text(value)} is {Text(Math.Abs(expected.ZScore(value)))} standard deviations {side} the expected {Text(expected.Center)} (normal {Text(expected.Lower)} to {Text(expected.Upper)}): {score}";
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static Dictionary<string, double> Map(FeatureOrder order, ReadOnlySpan<double> values)
    {
        var map = new Dictionary<string, double>(order.Count, StringComparer.Ordinal);
        for (var i = 0; i < order.Count; i++)
        {
            map[order.Names[i]] = values[i];
        }

        return map;
    }
}
