using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Tidewatch.Models;

/// <summary>A scoring model from an ONNX file: rows of numbers in, a score a row out. Names, types and shapes are checked when it is loaded.</summary>
/// <remarks>Wanted are an input of floats of shape [rows, values] whose first size is open, and an output of floats of shape [rows] or [rows, 1]. Runs on one thread, so that results do not depend on the machine's cores.</remarks>
public sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _input;
    private readonly string _output;

    private OnnxModel(InferenceSession session, string input, string output, int width) => (_session, _input, _output, Width) = (session, input, output, width);

    /// <summary>Values of a row.</summary>
    public int Width { get; }

    /// <summary>Loads a file. Throws <see cref="ModelFileException"/> when it is none, or not of the wanted form.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">Name of the input; empty takes the only one.</param>
    /// <param name="output">Name of the output; empty takes the only one.</param>
    /// <param name="width">Values of a row that will be given.</param>
    public static OnnxModel Load(string path, string input, string output, int width)
    {
        var session = Open(path);
        try
        {
            var (inputName, given) = Only(path, "input", input, session.InputMetadata);
            var (outputName, made) = Only(path, "output", output, session.OutputMetadata);
            Check(path, $"input '{inputName}'", given, $"{width}", IsRows(given) && (given.Dimensions[1] == width || given.Dimensions[1] < 0));
            Check(path, $"output '{outputName}'", made, "1", IsScores(made));
            return new OnnxModel(session, inputName, outputName, width);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Values of a row that a file declares; null where it takes any number. Throws as <see cref="Load"/> does.</summary>
    public static int? DeclaredWidth(string path, string input, string output)
    {
        using var session = Open(path);
        var (inputName, given) = Only(path, "input", input, session.InputMetadata);
        var (outputName, made) = Only(path, "output", output, session.OutputMetadata);
        Check(path, $"input '{inputName}'", given, "values", IsRows(given));
        Check(path, $"output '{outputName}'", made, "1", IsScores(made));
        return given.Dimensions[1] < 0 ? null : given.Dimensions[1];
    }

    /// <summary>Scores whole rows at once; as many scores as rows. A score that is no number counts as 0.</summary>
    public void Score(ReadOnlySpan<float> rows, Span<double> scores)
    {
        var tensor = new DenseTensor<float>(rows.ToArray(), [scores.Length, Width]);
        using var results = _session.Run([NamedOnnxValue.CreateFromTensor(_input, tensor)], [_output]);
        var made = results[0].AsTensor<float>();
        if (made.Length != scores.Length)
        {
            throw new ModelFileException($"the model gave {made.Length} scores for {scores.Length} rows: its output must have one score a row");
        }

        for (var i = 0; i < scores.Length; i++)
        {
            var score = made.GetValue(i);
            scores[i] = float.IsNaN(score) ? 0 : score;
        }
    }

    public void Dispose() => _session.Dispose();

    private static InferenceSession Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new ModelFileException(path.Length == 0 ? "no ONNX model is named: set the option Path to its file" : $"there is no file {path}: set the option Path to an ONNX model");
        }

        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFileException($"{path} is not an ONNX model that can be run: {e.Message}", e);
        }
    }

    private static (string Name, NodeMetadata Metadata) Only(string path, string what, string wanted, IReadOnlyDictionary<string, NodeMetadata> there)
    {
        if (wanted.Length == 0 && there.Count == 1)
        {
            return (there.First().Key, there.First().Value);
        }

        return there.TryGetValue(wanted, out var metadata)
            ? (wanted, metadata)
            : throw new ModelFileException($"{path} has the {what}s {string.Join(", ", there.Keys.Order(StringComparer.Ordinal))}{(wanted.Length == 0 ? "" : $", not '{wanted}'")}: name one of them");
    }

    private static bool IsRows(NodeMetadata metadata) => metadata.IsTensor && metadata.Dimensions.Length == 2 && metadata.Dimensions[0] < 0;

    private static bool IsScores(NodeMetadata metadata) => metadata.IsTensor && metadata.Dimensions.Length is 1 or 2 && metadata.Dimensions[^1] is < 0 or 1;

    private static void Check(string path, string what, NodeMetadata metadata, string width, bool fits)
    {
        if (!fits || metadata.ElementType != typeof(float))
        {
            var shape = metadata.IsTensor ? $"{metadata.ElementType.Name}[{string.Join(", ", metadata.Dimensions.Select(d => d < 0 ? "any" : $"{d}"))}]" : "no tensor";
            throw new ModelFileException($"{path}: {what} is {shape}, wanted is Single[any, {width}]: export the model with an open batch size and that many values a row");
        }
    }
}
