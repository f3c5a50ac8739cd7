using Shouldly;
using Tidewatch.Detection.State;
using Xunit;

namespace Tidewatch.Detection.Tests.State;

public sealed class StateReaderTests
{
    [Fact]
    public void Read_EverythingWritten_ComesBack()
    {
        var writer = new StateWriter();
        writer.Write((byte)3);
        writer.Write(true);
        writer.Write(-7);
        writer.Write(long.MinValue);
        writer.Write(ulong.MaxValue);
        writer.Write(double.NaN);
        writer.WriteArray<double>([1, -0.0, double.Epsilon]);
        writer.WriteArray<int>([]);
        var reader = new StateReader(writer.Written);
        reader.ReadVersion(3).ShouldBe(3);
        reader.ReadBool().ShouldBeTrue();
        reader.ReadInt32().ShouldBe(-7);
        reader.ReadInt64().ShouldBe(long.MinValue);
        reader.ReadUInt64().ShouldBe(ulong.MaxValue);
        reader.ReadDouble().ShouldBe(double.NaN);
        reader.ReadArray<double>(3).ShouldBe([1, -0.0, double.Epsilon]);
        reader.ReadArray<int>(0).ShouldBeEmpty();
        reader.Remaining.ShouldBe(0);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(5)]
    public void ReadArray_LengthBeyondTheBytes_ThrowsBeforeTakingMemory(int length)
    {
        var writer = new StateWriter();
        writer.Write(length);
        writer.Write(1.0);
        var bytes = writer.Written.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<StateFormatException>(() =>
        {
            var reader = new StateReader(bytes);
            reader.ReadArray<double>(int.MaxValue);
        });
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void ReadVersion_NewerThanKnown_SaysSo()
    {
        byte[] bytes = [4];
        Should.Throw<StateFormatException>(() =>
        {
            var reader = new StateReader(bytes);
            reader.ReadVersion(3);
        }).Message.ShouldContain("newer release");
    }

    [Fact]
    public void WriteArray_Reused_AllocatesNothing()
    {
        var writer = new StateWriter();
        var values = new double[4000];
        writer.WriteArray<double>(values);
        writer.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        writer.WriteArray<double>(values);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
