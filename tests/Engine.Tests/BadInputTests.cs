using Shouldly;
using Tidewatch.Contracts;
using Xunit;

namespace Tidewatch.Engine.Tests;

public sealed class BadInputTests
{
    private static readonly long Time = EngineBench.Now.AddMinutes(-1).ToUnixTimeMilliseconds();

    public static TheoryData<string, string> Messages => new()
    {
        { RejectCode.MalformedJson, "" },
        { RejectCode.MalformedJson, "{" },
        { RejectCode.MalformedJson, "not json" },
        { RejectCode.MalformedJson, $$$"""{"series":"s","time":{{{Time}}},"value":NaN}""" },
        { RejectCode.MalformedJson, $$$"""{"series":"s","time":{{{Time}}},"features":{"a":1,"a":2}}""" },
        { RejectCode.WrongType, "[1,2]" },
        { RejectCode.WrongType, $$$"""{"series":7,"time":{{{Time}}},"value":1}""" },
        { RejectCode.WrongType, $$$"""{"series":"s","time":{{{Time}}},"value":"1"}""" },
        { RejectCode.WrongType, $$$"""{"series":"s","time":true,"value":1}""" },
        { RejectCode.MissingField, $$$"""{"series":"s","time":{{{Time}}}}""" },
        { RejectCode.MissingField, $$$"""{"time":{{{Time}}},"value":1}""" },
        { RejectCode.NotFinite, $$$"""{"series":"s","time":{{{Time}}},"value":"NaN"}""" },
        { RejectCode.NotFinite, $$$"""{"series":"s","time":{{{Time}}},"value":"-Infinity"}""" },
        { RejectCode.NotFinite, $$$"""{"series":"s","time":{{{Time}}},"value":1e999}""" },
        { RejectCode.BadSeries, $$$"""{"series":"","time":{{{Time}}},"value":1}""" },
        { RejectCode.BadTime, """{"series":"s","time":"yesterday","value":1}""" },
        { RejectCode.FutureTime, """{"series":"s","time":"2026-03-01T13:00:01Z","value":1}""" },
        { RejectCode.TooLarge, $$$"""{"series":"s","time":{{{Time}}},"value":1,"note":"{{{new string('x', 1_000_000)}}}"}""" },
        { RejectCode.FeaturesChanged, $$$"""{"series":"ok","time":{{{Time}}},"features":{"a":1}}""" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Apply_BadMessage_IsADeadLetterAndNothingElseChanges(string code, string message)
    {
        var (bad, good) = (new EngineBench(), new EngineBench());
        foreach (var bench in new[] { bad, good })
        {
            bench.SendNormal("ok", 0, 50);
        }

        bad.Send(message);
        var rejection = bad.Output.Rejections.ShouldHaveSingleItem();
        rejection.Code.ShouldBe(code);
        rejection.Message.ShouldNotBeNullOrWhiteSpace();
        bad.Engine.Counters.ShouldBe(good.Engine.Counters with { Rejected = 1 });
        bad.Engine.SeriesCount.ShouldBe(1);

        foreach (var bench in new[] { bad, good })
        {
            bench.SendNormal("ok", 50, 5);
            bench.Send("ok", 55, 900);
        }

        bad.Output.Alerts.Select(a => (a.Series, a.Score, a.Reason)).ShouldBe(good.Output.Alerts.Select(a => (a.Series, a.Score, a.Reason)));
        bad.Output.Alerts.ShouldNotBeEmpty();
    }

    [Fact]
    public void Apply_TimeWithinMaxFuture_IsScored()
    {
        var bench = new EngineBench();
        bench.Send("""{"series":"s","time":"2026-03-01T13:00:00Z","value":1}""");

        bench.Engine.Counters.Scored.ShouldBe(1);
    }

    [Fact]
    public void Apply_DuplicateAndOutOfOrder_AreCountedAndNotScored()
    {
        var bench = new EngineBench();
        bench.SendNormal("s", 0, 50);
        bench.Send("s", 49, 50);
        bench.Send("s", 20, 9999);
        bench.Send("t", 20, 1);

        bench.Engine.Counters.ShouldBe(new(Scored: 51, Rejected: 0, Duplicates: 1, OutOfOrder: 1, Alerts: 0));
        bench.Output.Rejections.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_OneSeriesTooMany_IsADeadLetterAndTheOthersGoOn()
    {
        var bench = new EngineBench(EngineBench.ZScore with { MaxSeries = 2 });
        bench.Send("a", 0, 1);
        bench.Send("b", 0, 1);
        bench.Send("c", 0, 1);
        bench.Send("a", 1, 1);

        bench.Output.Rejections.ShouldHaveSingleItem().Code.ShouldBe(RejectCode.TooManySeries);
        bench.Engine.Counters.Scored.ShouldBe(3);
    }
}
