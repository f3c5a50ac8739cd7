namespace Tidewatch.Detection.Models;

/// <summary>Bytes that are no model file: damaged, truncated, of a newer release, or made to do harm.</summary>
public sealed class ModelFormatException(string message, Exception? cause = null) : Exception(message, cause);
