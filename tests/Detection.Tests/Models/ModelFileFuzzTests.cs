using Shouldly;
using Tidewatch.Detection.Batch;
using Tidewatch.Detection.Models;
using Tidewatch.Detection.State;
using Tidewatch.Detection.Tests.Contract;
using Xunit;

namespace Tidewatch.Detection.Tests.Models;

/// <summary>Bytes of any content: a model that scores in its range, or the one exception; never another one, never much memory.</summary>
public sealed class ModelFileFuzzTests
{
    private const int Mutations = 80;
    private const long MostAllocated = 256L << 20;

    public static TheoryData<string> Streams => [.. DetectorCatalog.All.Select(e => e.Name)];

    public static TheoryData<string> Batches => [.. BatchCatalog.All.Select(e => e.Name)];

    [Fact]
    public void Read_RandomBytes_OnlyTheNamedException()
    {
        var (random, mark) = (new SeededRandom(1), ModelFile.Write(ModelFileTests.Small()).AsSpan(0, 9).ToArray());
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = new byte[random.Next(300)];
            for (var j = 0; j < bytes.Length; j++)
            {
                bytes[j] = (byte)random.Next(256);
            }

            if (i % 2 == 0 && bytes.Length > 60)
            {
                mark.CopyTo(bytes, 0);
                ModelFileTests.Signed(bytes);
            }

            Should.Throw<ModelFormatException>(() => ModelFile.Read(bytes));
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Open_MutatedAndSignedAgain_ModelOrTheNamedException(string name)
    {
        var entry = DetectorCatalog.Get(name);
        var series = new ContractSeries(entry, 1);
        var bytes = ModelFile.Write(SavedModel.Of(entry, entry.Defaults(), ["v"], 5, series.Steps, series.Warm()));
        Fuzz(bytes, name, model =>
        {
            var detector = model.OpenStream();
            if (model.Columns.Count == 1)
            {
                var sample = new Sample([50.0], ContractSeries.StartMs);
                detector.Score(sample).ShouldBeInRange(0, 1);
                detector.Learn(sample);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Open_MutatedTable_ModelOrTheNamedException(string name)
    {
        var bytes = ModelFile.Write(SavedModel.Of(BatchCatalog.Get(name), BatchCatalog.Get(name).Defaults(), ["a", "b"], 7, ModelFileTests.Table()));
        Fuzz(bytes, name, model =>
        {
            var table = model.OpenBatch();
            var raw = new double[1];
            table.Raw(new double[table.Dimension], raw);
            table.RankOf(raw[0]).ShouldBeInRange(0, 1);
        });
    }

    private static void Fuzz(byte[] original, string name, Action<SavedModel> use)
    {
        var random = new SeededRandom((ulong)name.Length);
        for (var i = 0; i < Mutations; i++)
        {
            var bytes = Mutate(original, ref random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                use(ModelFile.Read(bytes));
            }
            catch (ModelFormatException)
            {
                continue;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"mutation {i} of '{name}'", e);
            }
            finally
            {
                (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostAllocated + (20 * original.Length));
            }
        }
    }

    /// <summary>One to four places changed, mostly near the front where lengths stand, or a cut; the checksum fits again.</summary>
    private static byte[] Mutate(byte[] original, ref SeededRandom random)
    {
        var bytes = random.Next(8) == 0 ? original[..(60 + random.Next(original.Length - 60))] : original.ToArray();
        for (var changes = 1 + random.Next(4); changes > 0; changes--)
        {
            var reach = random.Next(2) == 0 ? Math.Min(bytes.Length, 400) : bytes.Length;
            bytes[8 + random.Next(reach - 8)] = (byte)random.Next(256);
        }

        return ModelFileTests.Signed(bytes);
    }
}
