namespace Tidewatch.Storage.Influx;

/// <summary>InfluxDB did not take a request; the message says why and never holds the token.</summary>
/// <param name="message">What failed, where, and the remedy when the server refused.</param>
/// <param name="refused">True when trying again cannot help before someone changes something: wrong token, org or bucket.</param>
/// <param name="inner">The cause, if any.</param>
public sealed class InfluxException(string message, bool refused, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when trying again cannot help before someone changes something.</summary>
    public bool Refused { get; } = refused;
}
