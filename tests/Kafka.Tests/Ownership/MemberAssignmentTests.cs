using System.Buffers.Binary;
using Shouldly;
using Tidewatch.Kafka.Ownership;
using Tidewatch.Kafka.Partitions;
using Xunit;

namespace Tidewatch.Kafka.Tests.Ownership;

public sealed class MemberAssignmentTests
{
    /// <summary>As Kafka's ConsumerProtocolAssignment of version 1 says them: topic a with 0 and 2, topic b with 7, and user data of one byte.</summary>
    private static readonly byte[] Two =
    [
        0, 1, 0, 0, 0, 2,
        0, 1, (byte)'a', 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2,
        0, 1, (byte)'b', 0, 0, 0, 1, 0, 0, 0, 7,
        0, 0, 0, 1, 9,
    ];

    [Fact]
    public void TryRead_TwoTopics_GivesEachPartition()
    {
        MemberAssignment.TryRead(Two, out var partitions).ShouldBeTrue();

        partitions.ShouldBe([new InputPartition("a", 0), new InputPartition("a", 2), new InputPartition("b", 7)]);
    }

    [Fact]
    public void TryRead_NoBytes_IsNothing()
    {
        MemberAssignment.TryRead([], out var partitions).ShouldBeTrue();

        partitions.ShouldBeEmpty();
    }

    [Fact]
    public void TryRead_CutShortAnywhere_IsNotRead()
    {
        for (var length = 1; length < Two.Length - 5; length++)
        {
            MemberAssignment.TryRead(Two.AsSpan(0, length), out var partitions).ShouldBeFalse($"{length} bytes");
            partitions.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(2, -1)]
    [InlineData(2, int.MaxValue)]
    [InlineData(9, int.MaxValue)]
    public void TryRead_NumberThatCannotBe_IsNotRead(int at, int number)
    {
        var bytes = Two.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), number);

        MemberAssignment.TryRead(bytes, out _).ShouldBeFalse();
    }
}
