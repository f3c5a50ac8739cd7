using Shouldly;
using Tidewatch.Contracts.Processing;
using Xunit;

namespace Tidewatch.Contracts.Tests;

public sealed class SeriesSetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_000)]
    public void Add_InAnyOrder_IsAsAHashSet(int series)
    {
        var (set, oracle, random) = (new SeriesSet(), new HashSet<int>(), new Random(series));
        for (var i = 0; i < series; i++)
        {
            var added = random.Next(series);
            set.Add(added);
            oracle.Add(added);
            var from = random.Next(series);
            set.NextAbsent(from).ShouldBe(Enumerable.Range(from, series + 1).First(s => !oracle.Contains(s)));
        }

        set.Count.ShouldBe(oracle.Count);
        Enumerable.Range(0, series + 70).Where(set.Contains).ShouldBe(oracle.Order());
    }

    [Fact]
    public void CopyOf_ASet_IsOneOfItsOwn()
    {
        var set = new SeriesSet();
        set.Add(70);
        var copy = SeriesSet.CopyOf(set);
        copy.Add(3);

        (set.Count, copy.Count, set.Contains(3), copy.Contains(70)).ShouldBe((1, 2, false, true));
        SeriesSet.CopyOf(null).Count.ShouldBe(0);
    }
}
