using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tidewatch.StockFetcher.AlphaVantage;
using Xunit;

namespace Tidewatch.Producers.Tests.StockFetcher;

public sealed class RequestBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Wait_MinuteUsedUp_IsUntilTheOldestIsAMinuteOld()
    {
        var budget = new RequestBudget(perMinute: 2, perDay: 100, _time);
        budget.Spend();
        _time.Advance(TimeSpan.FromSeconds(20));
        budget.Spend();
        budget.Wait().ShouldBe(TimeSpan.FromSeconds(40));
        _time.Advance(TimeSpan.FromSeconds(40));
        budget.Wait().ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Wait_DayUsedUp_IsUntilTheOldestIsADayOld()
    {
        var budget = new RequestBudget(perMinute: 100, perDay: 3, _time);
        for (var i = 0; i < 3; i++)
        {
            budget.Spend();
            _time.Advance(TimeSpan.FromHours(1));
        }

        budget.Wait().ShouldBe(TimeSpan.FromHours(21));
        _time.Advance(TimeSpan.FromHours(21));
        budget.Wait().ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Wait_AnyScheduleOfRequests_NeverExceedsEitherLimit()
    {
        var budget = new RequestBudget(perMinute: 5, perDay: 25, _time);
        var sent = new List<DateTimeOffset>();
        for (var i = 0; i < 100; i++)
        {
            _time.Advance(budget.Wait() + TimeSpan.FromSeconds(i % 7));
            budget.Wait().ShouldBe(TimeSpan.Zero);
            budget.Spend();
            sent.Add(_time.GetUtcNow());
        }

        sent.ShouldAllBe(t => sent.Count(s => s > t - TimeSpan.FromMinutes(1) && s <= t) <= 5 && sent.Count(s => s > t - TimeSpan.FromDays(1) && s <= t) <= 25);
    }

    [Fact]
    public void Wait_Blocked_IsTheLongestOfTheBlocks()
    {
        var budget = new RequestBudget(5, 25, _time);
        budget.Block(TimeSpan.FromMinutes(5));
        budget.Block(TimeSpan.FromMinutes(1));
        budget.Wait().ShouldBe(TimeSpan.FromMinutes(5));
    }
}
