namespace Tidewatch.Benchmarks.Cost;

/// <summary>What a loop's thread can be found in; a part within another is counted for the inner one.</summary>
internal enum LoopPart
{
    /// <summary>The loop itself: links, pre-images dropped, snapshots cut and serialised.</summary>
    Loop,

    /// <summary>Waiting for records and taking them from the client.</summary>
    Poll,

    /// <summary>The engine with a record: decode, find the series, score, learn, keep the pre-image.</summary>
    Apply,

    /// <summary>Alerts and links handed to the client.</summary>
    Produce,

    /// <summary>Flush, offsets, EndTxn.</summary>
    Commit,
}
