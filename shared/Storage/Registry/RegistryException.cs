namespace Tidewatch.Storage.Registry;

/// <summary>A registry that cannot be reached, or a wish it cannot fulfil; the message names what and where.</summary>
public sealed class RegistryException(string message, Exception? cause = null) : Exception(message, cause);
