using Shouldly;
using Tidewatch.Contracts;
using Tidewatch.Contracts.Codecs;
using Xunit;

namespace Tidewatch.Engine.Tests;

public sealed class TransactionTests
{
    [Theory]
    [InlineData("z-score")]
    [InlineData("isolation-forest")]
    public void Rollback_AfterAnything_IsTheStateOfBegin(string detector)
    {
        var bench = new EngineBench(EngineBench.ZScore with { Detector = detector, Window = 64, WarmUp = 32, ScoreInterval = TimeSpan.FromSeconds(5) });
        bench.SendNormal("a", 0, 100);
        bench.SendNormal("b", 0, 50);
        var (bytes, hash) = (bench.Save(), bench.Engine.StateHash());

        bench.Engine.Begin();
        bench.SendNormal("a", 100, 70);
        bench.Send("b", 50, 5000);
        bench.SendNormal("new", 0, 40);
        bench.Send("a", 3, 1);
        bench.Send("{");
        bench.Engine.StateHash().ShouldNotBe(hash);
        bench.Engine.Rollback();

        bench.Engine.StateHash().ShouldBe(hash);
        bench.Save().ShouldBe(bytes);
        bench.Engine.SeriesCount.ShouldBe(2);
    }

    [Fact]
    public void Rollback_ThenTheSameRecords_GivesTheSameAlertsAsNoRollback()
    {
        var (plain, torn) = (new EngineBench(), new EngineBench());
        Feed(plain, 0, 300);

        Feed(torn, 0, 100);
        torn.Engine.Begin();
        Feed(torn, 100, 80);
        torn.Engine.Rollback();
        torn.Output.Alerts.Clear();
        torn.Engine.Begin();
        Feed(torn, 100, 200);
        torn.Engine.Commit();

        torn.Engine.StateHash().ShouldBe(plain.Engine.StateHash());
        torn.Output.Alerts.Select(a => (a.Series, a.Time, a.Score, a.State))
            .ShouldBe(plain.Output.Alerts.Where(a => a.Time >= EngineBench.Now.AddHours(-1).AddSeconds(100)).Select(a => (a.Series, a.Time, a.Score, a.State)));
        torn.Output.Alerts.ShouldNotBeEmpty();
    }

    [Fact]
    public void Commit_ThenRollback_KeepsWhatWasCommitted()
    {
        var bench = new EngineBench();
        bench.Engine.Begin();
        bench.SendNormal("a", 0, 30);
        bench.Engine.Commit();
        var hash = bench.Engine.StateHash();
        bench.Engine.Begin();
        bench.SendNormal("a", 30, 30);
        bench.Engine.Rollback();

        bench.Engine.StateHash().ShouldBe(hash);
        bench.Engine.Counters.Scored.ShouldBe(30);
    }

    [Fact]
    public void StateHash_OtherOrderOfSeries_IsTheSame()
    {
        var (one, two) = (new EngineBench(), new EngineBench());
        one.SendNormal("a", 0, 30);
        one.SendNormal("b", 5, 30);
        two.SendNormal("b", 5, 30);
        two.SendNormal("a", 0, 30);

        one.Engine.StateHash().ShouldBe(two.Engine.StateHash());
        two.Send("a", 500, 50);
        one.Engine.StateHash().ShouldNotBe(two.Engine.StateHash());
    }

    [Fact]
    public void StateHash_AskedOften_EqualsThatOfAFreshEngine()
    {
        var bench = new EngineBench();
        for (var i = 0; i < 20; i++)
        {
            Feed(bench, i * 10, 10);
            _ = bench.Engine.StateHash();
        }

        var hash = bench.Engine.StateHash();
        bench.Restart(bench.Save());
        bench.Engine.StateHash().ShouldBe(hash);
    }

    private static void Feed(EngineBench bench, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            for (var series = 0; series < 7; series++)
            {
                bench.Send(new Observation
                {
                    Series = $"s{series}",
                    Time = EngineBench.Now.AddHours(-1).AddSeconds(i),
                    Value = (i * 7) + series == 1049 || i % 97 == series ? 500 : EngineBench.Normal(i + series),
                });
            }
        }
    }
}
