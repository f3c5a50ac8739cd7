using Shouldly;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Windows;
using Xunit;

namespace Tidewatch.Detection.Tests.Windows;

public sealed class SlidingWindowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(120)]
    public void Add_RandomValues_MatchesNaive(int capacity)
    {
        var random = new SeededRandom(3);
        var window = new SlidingWindow(capacity);
        var all = new List<double>();
        var copy = new double[capacity];
        for (var i = 0; i < 1000; i++)
        {
            var value = 1e6 + random.NextNormal();
            window.Add(value);
            all.Add(value);
            var last = all.TakeLast(capacity).ToArray();
            window.Count.ShouldBe(last.Length);
            window.IsFull.ShouldBe(i >= capacity - 1);
            window.Mean.ShouldBe(last.Average(), 1e-9);
            window.Variance.ShouldBe(last.Sum(x => (x - last.Average()) * (x - last.Average())) / last.Length, 1e-9);
            window[0].ShouldBe(value);
            window[last.Length - 1].ShouldBe(last[0]);
            window.CopyTo(copy);
            copy.Take(last.Length).ShouldBe(last);
        }
    }

    [Fact]
    public void Mean_AfterAHugeValueLeft_IsExactAgain()
    {
        var window = new SlidingWindow(10);
        window.Add(1e18);
        for (var i = 0; i < 20; i++)
        {
            window.Add(i % 2);
        }

        window.Mean.ShouldBe(0.5, 1e-12);
        window.StandardDeviation.ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void Load_SavedHalfFull_ContinuesEqual()
    {
        var (a, b) = (new SlidingWindow(8), new SlidingWindow(8));
        for (var i = 0; i < 5; i++)
        {
            a.Add(i * 1.5);
            b.Add(-i);
        }

        var writer = new StateWriter();
        a.Save(writer);
        var reader = new StateReader(writer.Written);
        b.Load(ref reader);
        reader.Remaining.ShouldBe(0);
        for (var i = 0; i < 30; i++)
        {
            a.Add(i);
            b.Add(i);
            b.Mean.ShouldBe(a.Mean);
            b.Variance.ShouldBe(a.Variance);
        }
    }

    [Fact]
    public void Load_InconsistentPlace_Throws()
    {
        var writer = new StateWriter();
        writer.Write(3);
        writer.Write(0.0);
        writer.Write(0.0);
        writer.Write(0.0);
        writer.WriteArray<double>([1, 2]);
        var bytes = writer.Written.ToArray();
        Should.Throw<StateFormatException>(() =>
        {
            var reader = new StateReader(bytes);
            new SlidingWindow(8).Load(ref reader);
        });
    }
}
