using Npgsql;
using Shouldly;
using Tidewatch.Storage.Registry;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Storage.Tests.Registry;

/// <summary>One real PostgreSQL for the class, a fresh database a test.</summary>
public sealed class PostgresRegistryTests(PostgresRegistryTests.Server server) : RegistryContract, IClassFixture<PostgresRegistryTests.Server>
{
    [Fact]
    public async Task Open_NobodyListens_NamesThePlaceWithoutThePassword()
    {
        var message = (await Should.ThrowAsync<RegistryException>(() => RegistryDatabase.OpenAsync($"postgresql://me:secret@127.0.0.1:{FreePort.Next()}/registry", default))).Message;
        message.ShouldContain("127.0.0.1");
        message.ShouldNotContain("secret");
    }

    protected override async Task<RegistryDatabase> OpenAsync()
    {
        Assert.SkipWhen(server.Postgres is null, PostgresServer.Missing);
        return await RegistryDatabase.OpenAsync(await server.FreshAsync(), default);
    }

    public sealed class Server : IDisposable
    {
        private int _databases;

        public PostgresServer? Postgres { get; } = PostgresServer.Programs is null ? null : new PostgresServer();

        public async Task<string> FreshAsync()
        {
            var name = $"registry{Interlocked.Increment(ref _databases)}";
            await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={Postgres!.Port};Username=tidewatch;Database=postgres");
            await using var command = source.CreateCommand($"CREATE DATABASE {name}");
            await command.ExecuteNonQueryAsync();
            return Postgres.Place.Replace("/postgres", $"/{name}", StringComparison.Ordinal);
        }

        public void Dispose() => Postgres?.Dispose();
    }
}
