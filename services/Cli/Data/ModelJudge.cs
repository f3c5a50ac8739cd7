using Tidewatch.Detection.Models;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>What goes on from a model file.</summary>
internal static class ModelJudge
{
    /// <summary>The judge of a model of any kind. Throws <see cref="DataFormatException"/> that names the file for a state that is not the model's.</summary>
    /// <param name="file">The model file.</param>
    /// <param name="saved">What it holds.</param>
    /// <param name="threshold">Score from which a row is anomalous; null takes the model's own, as a profile always does.</param>
    /// <param name="learns">False leaves a stream detector as it is; a profile always learns, a table never.</param>
    /// <param name="explainer">Explains anomalous rows of a stream detector; null leaves them unexplained.</param>
    public static IRowJudge Open(string file, SavedModel saved, double? threshold = null, bool learns = true, RowExplainer? explainer = null)
    {
        try
        {
            return saved.Kind switch
            {
                ModelKind.Stream => new RowJudge(saved.OpenStream(), threshold ?? saved.Threshold, learns, explainer),
                ModelKind.Batch => new TableJudge(saved.OpenBatch(), threshold ?? saved.Threshold),
                _ => new PipelineJudge(PipelineModel.Open(saved), saved.Columns),
            };
        }
        catch (ModelFormatException e)
        {
            throw new DataFormatException(file, 0, null, e.Message);
        }
    }
}
