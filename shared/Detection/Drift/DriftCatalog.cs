namespace Tidewatch.Detection.Drift;

/// <summary>Every drift test with its default options, a line each.</summary>
public static class DriftCatalog
{
    public static IReadOnlyList<IDriftTest> Create(ulong seed) =>
    [
        new AdwinTest(new AdwinOptions()),
        new KswinTest(new KswinOptions(), seed),
        new PageHinkleyTest(new PageHinkleyOptions()),
    ];
}
