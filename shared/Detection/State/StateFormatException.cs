namespace Tidewatch.Detection.State;

/// <summary>State bytes that were not written by the matching Save: truncated, damaged, or of an unknown version.</summary>
public sealed class StateFormatException(string message) : Exception(message);
