using System.Text;

namespace Tidewatch.TestKit;

/// <summary>Writes ONNX files byte by byte (onnx.proto3 of ONNX 1.12): a model Y = X W + B, so that no other tool is needed.</summary>
public static class OnnxBytes
{
    /// <summary>A linear model.</summary>
    /// <param name="weights">A weight for each value of a row.</param>
    /// <param name="bias">Added to the sum.</param>
    /// <param name="width">Declared values of a row; null declares any number.</param>
    /// <param name="batch">Declared rows; null declares any number.</param>
    /// <param name="element">Declared element type of input and output: 1 float, 11 double.</param>
    public static byte[] Linear(float[] weights, float bias, int? width, int? batch = null, int element = 1)
    {
        byte[] Tensor(string name, float[] values, params int[] dims) =>
            [.. dims.SelectMany(d => Number(1, d)), .. Number(2, 1), .. Text(8, name), .. Bytes(9, [.. values.SelectMany(BitConverter.GetBytes)])];
        byte[] Value(string name, params int?[] dims) =>
            [.. Text(1, name), .. Bytes(2, Bytes(1, [.. Number(1, element), .. Bytes(2, [.. dims.SelectMany(d => Bytes(1, d is { } size ? Number(1, size) : Text(2, "any")))])]))];
        byte[] node = [.. Text(1, "x"), .. Text(1, "w"), .. Text(1, "b"), .. Text(2, "score"), .. Text(4, "Gemm")];
        byte[] graph =
        [
            .. Bytes(1, node), .. Text(2, "linear"), .. Bytes(5, Tensor("w", weights, weights.Length, 1)), .. Bytes(5, Tensor("b", [bias], 1)),
            .. Bytes(11, Value("x", batch, width)), .. Bytes(12, Value("score", batch, 1)),
        ];
        return [.. Number(1, 8), .. Text(2, "tidewatch tests"), .. Bytes(7, graph), .. Bytes(8, Number(2, 13))];
    }

    private static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    private static byte[] Bytes(int field, byte[] value) => [.. Varint((field << 3) | 2), .. Varint(value.Length), .. value];

    private static IEnumerable<byte> Varint(long value)
    {
        for (; value > 127; value >>= 7)
        {
            yield return (byte)((value & 127) | 128);
        }

        yield return (byte)value;
    }
}
