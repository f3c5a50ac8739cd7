using Microsoft.Extensions.Options;
using Tidewatch.Storage;

namespace Tidewatch.Notifier.Tests;

/// <summary>An output folder of one test.</summary>
internal sealed class Folder(string? path = null) : IDisposable
{
    public string Path { get; } = path ?? Directory.CreateTempSubdirectory("tidewatch-notifier-").FullName;

    public IOptions<OutputOptions> Options => Microsoft.Extensions.Options.Options.Create(new OutputOptions { Folder = Path });

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
