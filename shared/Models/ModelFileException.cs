namespace Tidewatch.Models;

/// <summary>A model file that cannot be used: the message names what was found, what is wanted, and the remedy.</summary>
public sealed class ModelFileException(string message, Exception? inner = null) : Exception(message, inner);
