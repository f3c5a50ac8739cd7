namespace Tidewatch.HostAgent.Probes;

/// <summary>One measure of this host at one instant.</summary>
/// <param name="Name">Name within the host, such as <c>cpu.utilization</c>.</param>
/// <param name="Value">Finite.</param>
/// <param name="Unit">What the value counts: percent, bytes, bytes_per_second, tasks.</param>
public readonly record struct Metric(string Name, double Value, string Unit);
