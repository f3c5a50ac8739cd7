using System.Numerics.Tensors;

namespace Tidewatch.Detection.Detectors.Neural;

/// <summary>Reverse-mode differentiation over vectors: operations are recorded while they run, and run backwards for the gradient.</summary>
/// <remarks>The arena is kept between runs, so a warm tape allocates nothing. Not thread-safe.</remarks>
public sealed class Tape(Parameters parameters)
{
    private double[] _values = new double[1024];
    private double[] _gradients = new double[1024];
    private Operation[] _operations = new Operation[64];
    private int _used;
    private int _count;

    /// <summary>The weights that <see cref="Affine"/> reads and whose gradients <see cref="Backward"/> adds to.</summary>
    public Parameters Parameters => parameters;

    /// <summary>Forgets what was recorded.</summary>
    public void Reset() => (_used, _count) = (0, 0);

    public ReadOnlySpan<double> Values(Variable variable) => _values.AsSpan(variable.Start, variable.Length);

    public Variable Input(ReadOnlySpan<double> values)
    {
        var result = Take(values.Length);
        values.CopyTo(Of(_values, result));
        return result;
    }

    /// <summary>W x + b.</summary>
    public Variable Affine(AffineBlock block, Variable x)
    {
        var y = Record(OperationKind.Affine, x, default, block.Rows, block);
        for (var row = 0; row < block.Rows; row++)
        {
            var weights = parameters.Values.AsSpan(block.Start + (row * block.Columns), block.Columns);
            _values[y.Start + row] = TensorPrimitives.Dot<double>(weights, Of(_values, x)) + parameters.Values[block.Bias + row];
        }

        return y;
    }

    public Variable Tanh(Variable x)
    {
        var y = Record(OperationKind.Tanh, x, default, x.Length);
        TensorPrimitives.Tanh<double>(Of(_values, x), Of(_values, y));
        return y;
    }

    public Variable Sigmoid(Variable x)
    {
        var y = Record(OperationKind.Sigmoid, x, default, x.Length);
        TensorPrimitives.Sigmoid<double>(Of(_values, x), Of(_values, y));
        return y;
    }

    public Variable Exp(Variable x)
    {
        var y = Record(OperationKind.Exp, x, default, x.Length);
        TensorPrimitives.Exp<double>(Of(_values, x), Of(_values, y));
        return y;
    }

    /// <summary>ln(1 + e^x), without overflow.</summary>
    public Variable Softplus(Variable x)
    {
        var y = Record(OperationKind.Softplus, x, default, x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            var value = _values[x.Start + i];
            _values[y.Start + i] = Math.Max(value, 0) + Math.Log(1 + Math.Exp(-Math.Abs(value)));
        }

        return y;
    }

    public Variable Add(Variable a, Variable b)
    {
        var y = Record(OperationKind.Add, a, b, a.Length);
        TensorPrimitives.Add<double>(Of(_values, a), Of(_values, b), Of(_values, y));
        return y;
    }

    public Variable Multiply(Variable a, Variable b)
    {
        var y = Record(OperationKind.Multiply, a, b, a.Length);
        TensorPrimitives.Multiply<double>(Of(_values, a), Of(_values, b), Of(_values, y));
        return y;
    }

    public Variable Scale(Variable x, double factor)
    {
        var y = Record(OperationKind.Scale, x, default, x.Length, default, factor);
        TensorPrimitives.Multiply<double>(Of(_values, x), factor, Of(_values, y));
        return y;
    }

    public Variable Concat(Variable a, Variable b)
    {
        var y = Record(OperationKind.Concat, a, b, a.Length + b.Length);
        Of(_values, a).CopyTo(Of(_values, y));
        Of(_values, b).CopyTo(Of(_values, y)[a.Length..]);
        return y;
    }

    /// <summary>A part of <paramref name="x"/>: the same memory, so nothing is recorded.</summary>
    public static Variable Slice(Variable x, int start, int length) => new(x.Start + start, length);

    public Variable Sum(Variable x)
    {
        var y = Record(OperationKind.Sum, x, default, 1);
        _values[y.Start] = TensorPrimitives.Sum<double>(Of(_values, x));
        return y;
    }

    /// <summary>Mean of the squared differences.</summary>
    public Variable MeanSquaredError(Variable a, Variable b)
    {
        var difference = Add(a, Scale(b, -1));
        return Scale(Sum(Multiply(difference, difference)), 1.0 / a.Length);
    }

    /// <summary>Adds d <paramref name="loss"/> / d weight to the parameters' gradients.</summary>
    public void Backward(Variable loss)
    {
        _gradients.AsSpan(0, _used).Clear();
        _gradients[loss.Start] = 1;
        for (var i = _count - 1; i >= 0; i--)
        {
            Unroll(_operations[i]);
        }
    }

    private static Span<double> Of(double[] from, Variable variable) => from.AsSpan(variable.Start, variable.Length);

    private void Unroll(in Operation operation)
    {
        var (x, y) = (operation.A, operation.Result);
        var dx = Of(_gradients, x);
        var dy = Of(_gradients, y);
        var values = Of(_values, y);
        switch (operation.Kind)
        {
            case OperationKind.Affine:
                BackwardAffine(operation, dx, dy);
                break;
            case OperationKind.Add:
                TensorPrimitives.Add<double>(dx, dy, dx);
                TensorPrimitives.Add<double>(Of(_gradients, operation.B), dy, Of(_gradients, operation.B));
                break;
            case OperationKind.Multiply:
                TensorPrimitives.MultiplyAdd<double>(dy, Of(_values, operation.B), dx, dx);
                TensorPrimitives.MultiplyAdd<double>(dy, Of(_values, x), Of(_gradients, operation.B), Of(_gradients, operation.B));
                break;
            case OperationKind.Scale:
                TensorPrimitives.MultiplyAdd<double>(dy, operation.Factor, dx, dx);
                break;
            case OperationKind.Concat:
                TensorPrimitives.Add<double>(dx, dy[..x.Length], dx);
                TensorPrimitives.Add<double>(Of(_gradients, operation.B), dy[x.Length..], Of(_gradients, operation.B));
                break;
            default:
                for (var i = 0; i < dx.Length; i++)
                {
                    dx[i] += operation.Kind == OperationKind.Sum ? dy[0] : dy[i] * Slope(operation.Kind, values[i]);
                }

                break;
        }
    }

    /// <summary>dy/dx of the elementwise functions, from y.</summary>
    private static double Slope(OperationKind kind, double y) => kind switch
    {
        OperationKind.Tanh => 1 - (y * y),
        OperationKind.Sigmoid => y * (1 - y),
        OperationKind.Exp => y,
        OperationKind.Softplus => 1 - Math.Exp(-y),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not an elementwise function"),
    };

    private void BackwardAffine(in Operation operation, Span<double> dx, ReadOnlySpan<double> dy)
    {
        var block = operation.Block;
        for (var row = 0; row < block.Rows; row++)
        {
            var start = block.Start + (row * block.Columns);
            var gradient = parameters.Gradients.AsSpan(start, block.Columns);
            TensorPrimitives.MultiplyAdd<double>(Of(_values, operation.A), dy[row], gradient, gradient);
            TensorPrimitives.MultiplyAdd<double>(parameters.Values.AsSpan(start, block.Columns), dy[row], dx, dx);
            parameters.Gradients[block.Bias + row] += dy[row];
        }
    }

    private Variable Record(OperationKind kind, Variable a, Variable b, int length, AffineBlock block = default, double factor = 0)
    {
        var result = Take(length);
        if (_count == _operations.Length)
        {
            Array.Resize(ref _operations, 2 * _count);
        }

        _operations[_count++] = new(kind, a, b, result, block, factor);
        return result;
    }

    private Variable Take(int length)
    {
        if (_used + length > _values.Length)
        {
            var size = Math.Max(2 * _values.Length, _used + length);
            Array.Resize(ref _values, size);
            Array.Resize(ref _gradients, size);
        }

        _used += length;
        return new(_used - length, length);
    }

    private enum OperationKind : byte
    {
        Affine,
        Tanh,
        Sigmoid,
        Exp,
        Softplus,
        Add,
        Multiply,
        Scale,
        Concat,
        Sum,
    }

    private readonly record struct Operation(OperationKind Kind, Variable A, Variable B, Variable Result, AffineBlock Block, double Factor);
}

/// <summary>A vector on the tape.</summary>
public readonly record struct Variable(int Start, int Length);
