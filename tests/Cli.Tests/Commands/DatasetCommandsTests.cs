using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Cli.Tests.Commands;

public sealed class DatasetCommandsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly HttpListener _server = new();
    private readonly string _address = $"http://127.0.0.1:{FreePort.Next()}/";

    private string Into => Path.Combine(_folder.Path, "into");

    [Fact]
    public async Task List_KnownLayouts_NamesEachAndItsCommand()
    {
        Write("nab/data/a/x.csv", "timestamp,value", "2026-01-01,1");
        Write("nab/labels/combined_windows.json", "{}");
        Write("valves/data/v/0.csv", "datetime;pressure;anomaly;changepoint", "2026-01-01;1;0;0");
        Write("servers/m_train.csv", "a,label", "1,0");
        Write("servers/m_test.csv", "a,label", "1,0");
        Write("tables/t.csv", "a,label", "1,0");
        Write("nothing/readme.txt", "x");
        var (exit, output, _) = await CommandLine.RunAsync("dataset", "list", _folder.Path, "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("sets_found").EnumerateArray().Select(s => s.GetProperty("layout").GetString()).ShouldBe(["nab", "pairs", "tables", "skab"]);
        json.RootElement.GetProperty("sets_found")[0].GetProperty("command").GetString()!.ShouldStartWith("tidewatch evaluate nab --data ");
    }

    [Fact]
    public async Task Stats_LabelledSeries_CountsWhatIsThere()
    {
        var file = Write("s.csv", "timestamp,value,label", "2026-01-01T00:00:00Z,1,0", "2026-01-01T00:01:00Z,2,1", "2026-01-01T00:02:00Z,3,1", "2026-01-01T00:04:00Z,6,0", "2026-01-01T00:03:00Z,3,1");
        var (exit, output, _) = await CommandLine.RunAsync("dataset", "stats", file, "--output", "json");
        exit.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        var stats = json.RootElement.GetProperty("file_stats")[0];
        (stats.GetProperty("rows").GetInt32(), stats.GetProperty("anomalies").GetInt32(), stats.GetProperty("segments").GetInt32(), stats.GetProperty("backward").GetInt32()).ShouldBe((5, 3, 2, 1));
        (stats.GetProperty("interval_seconds").GetDouble(), stats.GetProperty("regular_share").GetDouble()).ShouldBe((60, 0.5));
        var column = json.RootElement.GetProperty("column_stats")[0];
        (column.GetProperty("lowest").GetDouble(), column.GetProperty("mean").GetDouble(), column.GetProperty("highest").GetDouble()).ShouldBe((1, 3, 6));
        column.GetProperty("deviation").GetDouble().ShouldBe(Math.Sqrt(2.8), 1e-12);
    }

    [Fact]
    public async Task Stats_HeaderAlone_HasNoMoments()
    {
        var (exit, output, errors) = await CommandLine.RunAsync("dataset", "stats", Write("h.csv", "timestamp,value"), "--output", "json");
        (exit, errors).ShouldBe((0, ""));
        using var json = JsonDocument.Parse(output);
        var column = json.RootElement.GetProperty("column_stats")[0];
        column.GetProperty("mean").ValueKind.ShouldBe(JsonValueKind.Null);
        output.ShouldNotContain("Infinity");
        (await CommandLine.RunAsync("dataset", "stats", Write("h.csv", "timestamp,value"))).Output.ShouldNotContain("Infinity");
    }

    [Fact]
    public async Task Detect_AFolderInPlaceOfAFile_IsNamedAsOne() =>
        (await CommandLine.RunAsync("detect", _folder.Path)).Errors.ShouldContain($"{_folder.Path}: a folder; a file was expected");

    [Fact]
    public async Task Fetch_ArchiveOfARepository_IsUnpackedWithoutItsFolder()
    {
        var bytes = Archive(("set-main/data/a.csv", "value\n1\n"), ("set-main/README.md", "about"));
        Serve(bytes);
        var (exit, output, errors) = await CommandLine.RunAsync("dataset", "fetch", _address + "set.zip", "--into", Into, "--sha256", Convert.ToHexString(SHA256.HashData(bytes)), "--output", "json");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldContain("\"files\": 2");
        (await File.ReadAllTextAsync(Path.Combine(Into, "data", "a.csv"), TestContext.Current.CancellationToken)).ShouldBe("value\n1\n");
        Directory.GetFiles(Into).ShouldBe([Path.Combine(Into, "README.md")]);
    }

    [Fact]
    public async Task Fetch_WrongChecksum_KeepsNothing()
    {
        Serve(Archive(("a/b.csv", "x")));
        var (exit, _, errors) = await CommandLine.RunAsync("dataset", "fetch", _address + "set.zip", "--into", Into, "--sha256", new string('0', 64));
        exit.ShouldBe(1);
        errors.ShouldContain("was expected: nothing was kept");
        Directory.GetFileSystemEntries(Into).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_ArchiveThatWouldLeaveItsFolder_IsRefused()
    {
        Serve(Archive(("../../evil.csv", "x"), ("good.csv", "x")));
        var (exit, _, errors) = await CommandLine.RunAsync("dataset", "fetch", _address + "set.zip", "--into", Into);
        exit.ShouldBe(1);
        errors.ShouldContain("'../../evil.csv' in the archive would leave");
        Directory.GetFileSystemEntries(Into).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_NotFound_SaysSo()
    {
        Serve(null);
        var (exit, _, errors) = await CommandLine.RunAsync("dataset", "fetch", _address + "set.zip", "--into", Into);
        exit.ShouldBe(1);
        errors.ShouldContain("404");
    }

    [Fact]
    public async Task Fetch_UnknownName_ListsTheKnown() =>
        (await CommandLine.RunAsync("dataset", "fetch", "yahoo", "--into", Into)).Errors.ShouldContain("known are nab, skab");

    public void Dispose()
    {
        _server.Close();
        _folder.Dispose();
    }

    private static byte[] Archive(params (string Name, string Text)[] files)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>Answers the next request with these bytes, or with 404.</summary>
    private void Serve(byte[]? bytes)
    {
        _server.Prefixes.Add(_address);
        _server.Start();
        _ = Task.Run(async () =>
        {
            var context = await _server.GetContextAsync();
            context.Response.StatusCode = bytes is null ? 404 : 200;
            await context.Response.OutputStream.WriteAsync(bytes ?? []);
            context.Response.Close();
        });
    }

    private string Write(string name, params string[] lines)
    {
        var file = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, lines);
        return file;
    }
}
