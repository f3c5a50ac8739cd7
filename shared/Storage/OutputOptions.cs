using System.ComponentModel.DataAnnotations;

namespace Tidewatch.Storage;

/// <summary>Section <c>Output</c>: where files go.</summary>
public sealed record OutputOptions
{
    /// <summary>The folder of <c>alerts.csv</c>, <c>mail/</c> and <c>anomalies.db</c>; made when absent. Default <c>out</c>, relative to the working directory.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Folder { get; init; } = "out";

    /// <summary>The full path of a file or folder below <see cref="Folder"/>; makes the folder.</summary>
    public string PathOf(string name) => Path.Combine(Directory.CreateDirectory(Folder).FullName, name);
}
