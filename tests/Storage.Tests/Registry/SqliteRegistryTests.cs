using Shouldly;
using Tidewatch.Storage.Registry;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Storage.Tests.Registry;

public sealed class SqliteRegistryTests : RegistryContract, IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Open_FolderThatIsNotThere_NamesTheFile() =>
        (await Should.ThrowAsync<RegistryException>(() => RegistryDatabase.OpenAsync(Path.Combine(_folder.Path, "no", "registry.db"), default))).Message.ShouldContain("registry.db");

    public void Dispose() => _folder.Dispose();

    protected override Task<RegistryDatabase> OpenAsync() => RegistryDatabase.OpenAsync(Path.Combine(_folder.Path, "registry.db"), default);
}
