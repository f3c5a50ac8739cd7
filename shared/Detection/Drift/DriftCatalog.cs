namespace Tidewatch.Detection.Drift;

/// <summary>Every drift test with its default options, a line each.</summary>
public static class DriftCatalog
{
    /// <summary>In the unit of scores a sum of deviations of 5 is a drift, such as ten scores half a unit up.</summary>
    private static readonly PageHinkleyOptions PageHinkleyOfScores = new() { Threshold = 5 };

    /// <summary>Tests at every observation: at its published 0.005 it would see several drifts in a thousand ordinary scores.</summary>
    private static readonly KswinOptions KswinOfScores = new() { Alpha = 1e-6 };

    /// <summary>Names of the tests.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Create(0).Select(t => t.Name)];

    public static IReadOnlyList<IDriftTest> Create(ulong seed) =>
    [
        new AdwinTest(new AdwinOptions()),
        new KswinTest(new KswinOptions(), seed),
        new PageHinkleyTest(new PageHinkleyOptions()),
    ];

    /// <summary>The test named <paramref name="name"/>, for scores in [0, 1]. Throws <see cref="ArgumentException"/> that lists the names there are.</summary>
    public static IDriftTest Create(string name, ulong seed) => Names.FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)) switch
    {
        null => throw new ArgumentException($"there is no drift test '{name}'; there are {string.Join(", ", Names)}", nameof(name)),
        "page-hinkley" => new PageHinkleyTest(PageHinkleyOfScores),
        "kswin" => new KswinTest(KswinOfScores, seed),
        _ => new AdwinTest(new AdwinOptions()),
    };
}
