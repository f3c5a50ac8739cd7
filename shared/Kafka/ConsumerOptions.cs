namespace Tidewatch.Kafka;

/// <summary>A plain consumer: who it is, what it reads, where it begins.</summary>
/// <param name="Name">Name of its health check and in logs.</param>
/// <param name="Group">Consumer group, behind the topic prefix.</param>
/// <param name="Topics">Full topic names; a name that begins with <c>^</c> is a pattern.</param>
/// <param name="FromEnd">Begin at the end when the group has no offset; else at the beginning.</param>
/// <param name="Commits">False for a view that starts afresh at each start (own group, no commits).</param>
public sealed record ConsumerOptions(string Name, string Group, IReadOnlyList<string> Topics, bool FromEnd = false, bool Commits = true);
