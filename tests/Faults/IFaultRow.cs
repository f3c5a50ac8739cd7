using Tidewatch.Faults.Rig;
using Tidewatch.TestKit;

namespace Tidewatch.Faults;

/// <summary>One row of the fault matrix: what is done to a running suite. What must still hold afterwards is the same for all of them, see <see cref="Oracle.Judge"/>.</summary>
internal interface IFaultRow
{
    /// <summary>Its number in the matrix, with a letter where a row is several.</summary>
    string Number { get; }

    /// <summary>The fault, as the table names it.</summary>
    string Name { get; }

    /// <summary>True for the rows that every test run takes; the others wait for <c>make faults</c>.</summary>
    bool IsShort => false;

    /// <summary>True for the rows that last for minutes: only LONG=1 runs them, or their own number in ROWS.</summary>
    bool IsWide => false;

    /// <summary>Why the row cannot be run on this machine; null when it can.</summary>
    string? Missing => Options.NeedsProxy && !NetworkProxy.IsThere ? NetworkProxy.Missing : null;

    /// <summary>What the row needs around it.</summary>
    RigOptions Options => new();

    /// <summary>Starts members, does the fault, sees the recovery. The rig is fed meanwhile.</summary>
    Task RunAsync(FaultRig rig);
}
