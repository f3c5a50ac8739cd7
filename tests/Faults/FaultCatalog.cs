using Tidewatch.Faults.Rows;

namespace Tidewatch.Faults;

/// <summary>Every row of the matrix that is run, in its order.</summary>
internal static class FaultCatalog
{
    public static IReadOnlyList<IFaultRow> All { get; } =
    [
        new KillRow(),
    ];

    public static IFaultRow Get(string number) => All.Single(r => r.Number == number);
}
