using System.ComponentModel.DataAnnotations;

namespace Tidewatch.HostAgent;

/// <summary>Section <c>HostAgent</c>: what is read of this machine, and how often.</summary>
public sealed record HostAgentOptions
{
    /// <summary>False publishes nothing; default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Time between two readings, 100 ms to 1 h; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The host's name in series ids, at most 100 characters; empty (default) takes the machine's name.</summary>
    [RegularExpression("[a-zA-Z0-9._-]{0,100}", ErrorMessage = "the name may hold letters, digits, '.', '_' and '-', at most 100")]
    public string Name { get; init; } = "";

    /// <summary>Network interfaces left out: beginnings of their names, separated by commas; default the loopback and those of containers.</summary>
    public string ExcludeInterfaces { get; init; } = "lo,veth,docker,br-,cni,flannel,cali,ifb";

    /// <summary>Disks left out: beginnings of their names, separated by commas; default those without a device behind them.</summary>
    public string ExcludeDisks { get; init; } = "loop,ram,zram,sr,fd,dm-";

    /// <summary>Where the kernel's files are, for a container that has the host's mounted elsewhere; default <c>/proc</c>.</summary>
    [Required]
    public string ProcPath { get; init; } = "/proc";
}
