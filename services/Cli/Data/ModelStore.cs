using Tidewatch.Detection.Models;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Cli.Data;

/// <summary>Model files on disk.</summary>
internal static class ModelStore
{
    public const string Ending = ".twm";

    /// <summary>Writes beside the place and moves: a reader sees the old file or the new one.</summary>
    public static void Save(string file, SavedModel model)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            File.WriteAllBytes(file + ".new", ModelFile.Write(model));
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFormatException(file, 0, null, e.Message);
        }
    }

    /// <summary>Throws <see cref="DataFormatException"/> that names the file for one that is not there or no model file.</summary>
    public static SavedModel Load(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true } found
                ? found.Length <= ModelFile.MostBytes ? ModelFile.Read(File.ReadAllBytes(file)) : throw new DataFormatException(file, 0, null, $"{found.Length} bytes are no model file: the most is {ModelFile.MostBytes}")
                : throw new DataFormatException(file, 0, null, "no such file");
        }
        catch (ModelFormatException e)
        {
            throw new DataFormatException(file, 0, null, e.Message);
        }
    }
}
