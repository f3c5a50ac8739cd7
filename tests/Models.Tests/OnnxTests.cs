using System.Diagnostics;
using Shouldly;
using Tidewatch.Detection;
using Tidewatch.Detection.State;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Models.Tests;

public sealed class OnnxTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tidewatch-onnx-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Score_LinearModel_IsTheWeightedSum()
    {
        using var model = OnnxModel.Load(File("linear", OnnxBytes.Linear([2, -1, 0.5f], 3, 3)), "", "", 3);
        var scores = new double[2];
        model.Score([1, 1, 4, 0, 0, 0], scores);
        scores.ShouldBe([6, 3]);
    }

    [Fact]
    public void Detector_RowOfThreeObservations_ScoresTheLatest()
    {
        var options = new OnnxOptions { Path = File("row", OnnxBytes.Linear([0, 0, 1], 0, null)), Length = 3, Half = 4 };
        var entry = ModelCatalog.Detectors.Single(d => d.Name == "onnx");
        var (detector, copy) = (entry.Create(options, new SeriesContext(1, 1)), entry.Create(options, new SeriesContext(1, 1)));
        detector.Score(new Sample([12], 0)).ShouldBe(0, "two observations must come first");
        detector.Learn(new Sample([1], 0));
        detector.Learn(new Sample([2], 1));
        detector.Raw(new Sample([12], 2)).ShouldBe(12);
        detector.Score(new Sample([12], 2)).ShouldBe(0.75);
        detector.Score(new Sample([-5], 2)).ShouldBe(0);
        var writer = new StateWriter();
        detector.Save(writer);
        var reader = new StateReader(writer.Written);
        copy.Load(ref reader);
        copy.Raw(new Sample([7], 2)).ShouldBe(detector.Raw(new Sample([7], 2)));
    }

    [Fact]
    public void Load_UnusableFile_SaysWhatIsWrongAndWhatToDo()
    {
        var linear = OnnxBytes.Linear([1, 1], 0, 2);
        Error("", "", 2).ShouldContain("no ONNX model is named");
        Error(Path.Combine(_folder.FullName, "none.onnx"), "", 2).ShouldContain("there is no file");
        Error(File("text", "not a model"u8.ToArray()), "", 2).ShouldContain("is not an ONNX model that can be run");
        Error(File("cut", linear[..(linear.Length / 2)]), "", 2).ShouldContain("is not an ONNX model that can be run");
        Error(File("names", linear), "features", 2).ShouldContain("has the inputs x, not 'features'");
        Error(File("width", linear), "", 5).ShouldContain("input 'x' is Single[any, 2], wanted is Single[any, 5]");
        Error(File("batch", OnnxBytes.Linear([1, 1], 0, 2, batch: 1)), "", 2).ShouldContain("open batch size");
    }

    [Fact]
    public void Load_RandomDamage_NeverThrowsAnythingElse()
    {
        var (whole, random) = (OnnxBytes.Linear([1, 1], 0, 2), new SeededRandom(5));
        for (var i = 0; i < 60; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                using var model = OnnxModel.Load(File($"damaged-{i}", damaged), "", "", 2);
            }
            catch (ModelFileException)
            {
            }
        }
    }

    /// <summary>A model of another tool: onnx.helper of Python.</summary>
    [Fact]
    public void Score_ModelMadeByPythonsOnnx_IsTheWeightedSum()
    {
        const string Script = """
            import sys, onnx
            from onnx import helper as h, TensorProto as t
            w = h.make_tensor("w", t.FLOAT, [2, 1], [3.0, 4.0])
            g = h.make_graph([h.make_node("MatMul", ["x", "w"], ["m"]), h.make_node("Relu", ["m"], ["score"])], "g",
                [h.make_tensor_value_info("x", t.FLOAT, ["n", 2])], [h.make_tensor_value_info("score", t.FLOAT, ["n", 1])], [w])
            m = h.make_model(g, opset_imports=[h.make_opsetid("", 13)]); m.ir_version = 8
            onnx.save(m, sys.argv[1])
            """;
        var path = Path.Combine(_folder.FullName, "python.onnx");
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            if (System.IO.File.Exists(path))
            {
                break;
            }

            try
            {
                using var process = Process.Start(new ProcessStartInfo(python, ["-c", Script, path]) { RedirectStandardError = true, UseShellExecute = false })!;
                process.StandardError.ReadToEnd();
                process.WaitForExit();
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program: the next one is tried.
            }
        }

        Assert.SkipUnless(System.IO.File.Exists(path), "no python3 with onnx: install python3-onnx");
        using var model = OnnxModel.Load(path, "x", "score", 2);
        var scores = new double[2];
        model.Score([1, 1, -1, 0], scores);
        scores.ShouldBe([7, 0]);
    }

    private static string Error(string path, string input, int width) => Should.Throw<ModelFileException>(() => OnnxModel.Load(path, input, "", width)).Message;

    private string File(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name + ".onnx");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }
}
