using Shouldly;
using Tidewatch.Contracts.State;
using Tidewatch.Engine;
using Tidewatch.Engine.Settings;
using Tidewatch.Kafka.Partitions;
using Xunit;

namespace Tidewatch.Detector.Tests.Settings;

/// <summary>The texts of settings between the partition loop and where they are kept.</summary>
public sealed class SettingsShelfTests
{
    private const string Group = "tidewatch.detector";
    private readonly Store _store = new();

    [Fact]
    public void Keep_TheSameSettingsOfSeveralPartitions_WritesTheirTextOnce()
    {
        var (today, again) = (Engine(0.5), new SettingsShelf(_store, Group));
        var shelf = new SettingsShelf(_store, Group);
        shelf.Keep(today);
        shelf.Keep(today);
        again.Keep(today);
        _store.Writes.ShouldBe([(Group, today.ConfigHash)]);
        again.Find(today.ConfigHash, () => Engine(0.9)).Text.ShouldBe(today.Settings);
    }

    [Fact]
    public void Find_SettingsThatWereKept_GivesTheTextThatMakesThem()
    {
        var before = Engine(0.5);
        new SettingsShelf(_store, Group).Keep(before);
        var (text, reason) = new SettingsShelf(_store, Group).Find(before.ConfigHash, () => Engine(0.9));
        reason.ShouldBeEmpty();
        var made = Engine(0.9);
        made.Configure(text!);
        made.ConfigHash.ShouldBe(before.ConfigHash);
    }

    [Fact]
    public void Find_NothingKept_SaysSo()
    {
        new SettingsShelf(_store, Group).Find(5, () => Engine(0.5)).ShouldBe((null, "no text of them was kept, as by a release before this one"));
        new SettingsShelf(null, Group).Find(5, () => Engine(0.5)).Text.ShouldBeNull();
    }

    /// <summary>As where a release has another default, or the file of a model was changed.</summary>
    [Fact]
    public void Find_TextThatMakesOtherSettingsNow_SaysWhich()
    {
        var other = Engine(0.5);
        _store.Texts[5] = other.Settings;
        new SettingsShelf(_store, Group).Find(5, () => Engine(0.9)).ShouldBe((null, $"their text now makes {other.ConfigHash:x16}, as where a file that it names has changed"));
    }

    [Fact]
    public void Find_TextThatIsNone_SaysWhy()
    {
        _store.Texts[5] = "{\"detektor\":1}";
        var (text, reason) = new SettingsShelf(_store, Group).Find(5, () => Engine(0.9));
        text.ShouldBeNull();
        reason.ShouldContain("detektor");
    }

    [Fact]
    public void KeepAndFind_StoreAway_EndTheSessionInsteadOfGivingStateUp()
    {
        var shelf = new SettingsShelf(_store, Group);
        _store.IsAway = true;
        Should.Throw<SessionLostException>(() => shelf.Keep(Engine(0.5))).Message.ShouldContain("no broker");
        Should.Throw<SessionLostException>(() => shelf.Find(5, () => Engine(0.5)));
    }

    private static SeriesEngine Engine(double threshold) =>
        new SeriesEngine(new EngineScope("topic", "topic", 0, "hosts"), new EngineRules(new EngineSettings { Detector = "z-score", Threshold = threshold }));

    private sealed class Store : ISettingsStore
    {
        public bool IsAway { get; set; }

        public Dictionary<ulong, string> Texts { get; } = [];

        public List<(string Group, ulong Hash)> Writes { get; } = [];

        public Task WriteAsync(string group, ulong hash, string text, CancellationToken cancellationToken)
        {
            Writes.Add((group, hash));
            Texts[hash] = text;
            return IsAway ? throw new IOException("no broker") : Task.CompletedTask;
        }

        public Task<string?> ReadAsync(string group, ulong hash, CancellationToken cancellationToken) =>
            IsAway ? throw new IOException("no broker") : Task.FromResult(Texts.GetValueOrDefault(hash));
    }
}
