namespace Tidewatch.Simulation;

/// <summary>The process is gone at this very point: no handler of the product may see it, as none sees kill -9. (The product lets <see cref="OutOfMemoryException"/> alone pass everywhere.)</summary>
public sealed class CrashException() : OutOfMemoryException("crash");
