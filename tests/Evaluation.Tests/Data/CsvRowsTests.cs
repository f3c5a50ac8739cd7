using System.Text;
using Shouldly;
using Tidewatch.Evaluation.Data;

namespace Tidewatch.Evaluation.Tests.Data;

/// <summary>CSV as programs write it: every separator, end of line, quoting and byte order mark gives the same table.</summary>
public sealed class CsvRowsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"tidewatch-csv-{Guid.NewGuid():N}.csv");

    [Theory]
    [InlineData("time,a,label\n1,2.5,normal\n2,,attack\n", false)]
    [InlineData("time;a;label\r\n1;2.5;0\r\n2;NA;1.0\r\n", false)]
    [InlineData("time|a|label\n1|2.5|0\n2||1\n", false)]
    [InlineData("time\ta\tlabel\r\n1\t2.5\tno\r\n2\t\tyes", true)]
    [InlineData("\"time\",\"a\",\"label\"\n\"1\",\"2.5\",\"false\"\n\"2\",\"\",\"TRUE\"\n", true)]
    [InlineData("\"time\"; \"a\"; \"label\"\n1; 2.5; 0\n\n2; ?; 1\n", false)]
    [InlineData("time,\"a\",\"label\"\n1,\"2.5\",0\n2,null,1\n", true)]
    public void Read_EveryWriting_IsTheSameTable(string text, bool hasMark)
    {
        File.WriteAllText(_file, text, new UTF8Encoding(hasMark));
        using var rows = CsvRows.Open(_file);
        var table = LabelledTable.Read(rows, "label", forgivesWords: false);
        table.Columns.ShouldBe(["time", "a"]);
        table.Values.ShouldBe([1, 2.5, 2, double.NaN]);
        table.Labels.ShouldBe([false, true]);
    }

    [Fact]
    public void Open_QuotedNameWithAnotherSeparator_IsOneName()
    {
        File.WriteAllText(_file, "\"a;b;c\",d\n1,2\n");
        using var rows = CsvRows.Open(_file);
        rows.Columns.ShouldBe(["a;b;c", "d"]);
    }

    [Theory]
    [InlineData("2024-03-01 00:00:00,10.5,0\n2024-03-01 00:05:00,10.6,0\n")]
    [InlineData("1.5\n2.5\n")]
    [InlineData("0,0,7\n0,1,8\n")]
    public void Open_NoHeader_SaysSoInsteadOfLosingARow(string text)
    {
        File.WriteAllText(_file, text);
        Should.Throw<DataFormatException>(() => CsvRows.Open(_file)).Message.ShouldBe($"{_file}:1: a header with the columns' names was expected, there are values");
    }

    [Theory]
    [InlineData("0,1,2\n3,4,5\n")]
    [InlineData(",0,1\n0,4,5\n")]
    [InlineData("2023,2024\n4,5\n")]
    [InlineData("id,1.5\n4,5\n")]
    [InlineData("nan,inf\n4,5\n")]
    public void Open_NumbersThatMayBeNames_AreNames(string text)
    {
        File.WriteAllText(_file, text);
        using var rows = CsvRows.Open(_file);
        rows.Next().ShouldBeTrue();
    }

    [Fact]
    public void Label_UnknownWord_NamesThePlaceAndTheWordsThereAre()
    {
        File.WriteAllText(_file, "a,label\n1,0\n2,smurf\n");
        using var rows = CsvRows.Open(_file);
        Should.Throw<DataFormatException>(() => LabelledTable.Read(rows, "label", forgivesWords: false)).Message
            .ShouldBe($"{_file}:3: column 'label': 'smurf' is not a label; there are {FieldText.LabelWords}");
        FieldText.LabelWords.ShouldContain("attack");
    }

    public void Dispose() => File.Delete(_file);
}
