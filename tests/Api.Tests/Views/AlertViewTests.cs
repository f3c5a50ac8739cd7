using Microsoft.Extensions.Options;
using Shouldly;
using Tidewatch.Api.Views;
using Xunit;

namespace Tidewatch.Api.Tests.Views;

public sealed class AlertViewTests
{
    private readonly AlertView _view = new(Options.Create(new ApiOptions { RecentAlerts = 10 }));

    [Fact]
    public void Add_SameIdTwice_IsOne()
    {
        _view.Add(Samples.Alert("1")).ShouldBeTrue();
        _view.Add(Samples.Alert("1")).ShouldBeFalse();
        _view.Latest(5, _ => true).Count.ShouldBe(1);
    }

    [Fact]
    public void Latest_BeyondTheBound_KeepsTheNewest()
    {
        Fill(25);
        _view.Latest(100, _ => true).Select(a => a.Id).ShouldBe(Enumerable.Range(15, 10).Reverse().Select(i => $"{i}"));
        _view.Latest(2, _ => true).Select(a => a.Id).ShouldBe(["24", "23"]);
    }

    [Fact]
    public void After_KnownId_GivesWhatCameLater()
    {
        Fill(5);
        _view.After("2").Select(a => a.Id).ShouldBe(["3", "4"]);
        _view.After("4").ShouldBeEmpty();
    }

    [Fact]
    public void After_UnknownId_GivesEverythingHeld()
    {
        Fill(25);
        _view.After("2").Count.ShouldBe(10);
    }

    private void Fill(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _view.Add(Samples.Alert($"{i}"));
        }
    }
}
