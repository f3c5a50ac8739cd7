using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tidewatch.Api.Views;
using Tidewatch.Contracts;
using Xunit;

namespace Tidewatch.Api.Tests.Views;

public sealed class SeriesViewTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Samples.Start);
    private readonly SeriesView _view;

    public SeriesViewTests() => _view = new SeriesView(Options.Create(new ApiOptions { MaxSeries = 3, PointsPerSeries = 10, IdleAfter = TimeSpan.FromMinutes(1) }), _time);

    public void Dispose() => _view.Dispose();

    [Fact]
    public void Add_BeyondMaxSeries_LeavesTheNewOneOut()
    {
        foreach (var id in "abc")
        {
            _view.Add(Samples.Point(id.ToString(), 1)).ShouldBeTrue();
        }

        _view.Add(Samples.Point("d", 1)).ShouldBeFalse();
        _view.Count.ShouldBe(3);
    }

    [Fact]
    public void Add_WhenOneIsIdle_TheIdleOneGivesWay()
    {
        foreach (var id in "abc")
        {
            _view.Add(Samples.Point(id.ToString(), 1));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        _view.Add(Samples.Point("a", 2));
        _view.Add(Samples.Point("b", 2));
        _view.Add(Samples.Point("d", 2)).ShouldBeTrue();
        _view.TryGet("c", out _).ShouldBeFalse();
        _view.TryGet("a", out _).ShouldBeTrue();
    }

    [Fact]
    public void List_OpenAlerts_WorstFirstThenById()
    {
        foreach (var id in "cab")
        {
            _view.Add(Samples.Point(id.ToString(), 1));
        }

        _view.Apply(Samples.Alert("1", "b", severity: Severity.Mild));
        _view.Apply(Samples.Alert("2", "c", severity: Severity.Extreme));

        _view.List(null, 0).Select(s => s.Series).ShouldBe(["c", "b", "a"]);
        _view.List(null, 0)[0].AlertingSince.ShouldBe(Samples.Start);
    }

    [Fact]
    public void List_Resolved_IsCalmAgain()
    {
        _view.Apply(Samples.Alert("1", "b", severity: Severity.Extreme));
        _view.Apply(Samples.Alert("2", "b", severity: Severity.Mild, key: "other"));
        _view.Apply(Samples.Alert("3", "b", AlertState.Resolved, Severity.Extreme));
        _view.List(null, 0).Single().Severity.ShouldBe(Severity.Mild);
        _view.Apply(Samples.Alert("4", "b", AlertState.Resolved, Severity.Mild, "other"));
        _view.List(null, 0).Single().Severity.ShouldBe(Severity.None);
        _view.List(null, 0).Single().AlertingSince.ShouldBeNull();
    }

    [Theory]
    [InlineData("CPU", 1)]
    [InlineData("hosts", 2)]
    [InlineData("nothing", 0)]
    public void List_Filter_MatchesIdAndDomain(string filter, int count)
    {
        _view.Add(Samples.Point("web/cpu", 1));
        _view.Add(Samples.Point("web/disk", 1));
        _view.List(filter, 0).Count.ShouldBe(count);
    }
}
