using Tidewatch.Detection.State;

namespace Tidewatch.Detection.Drift;

/// <summary>Says when a stream's distribution has changed for good. Not thread-safe; a pure function of what it was given.</summary>
public interface IDriftTest
{
    /// <summary>Name in configuration, kebab-case.</summary>
    string Name { get; }

    /// <summary>Takes a value; true when it completes the evidence of a drift.</summary>
    bool Update(double value);

    void Save(StateWriter writer);

    /// <summary>Replaces the state. Throws <see cref="StateFormatException"/> for bytes that <see cref="Save"/> did not write.</summary>
    void Load(ref StateReader reader);
}
