using System.Collections;
using System.Runtime.InteropServices;

namespace Tidewatch.Kafka.Partitions.Clients;

/// <summary>The headers of the record in hand, read only when someone asks: dead letters do, ordinary records do not.</summary>
internal sealed unsafe class RecordHeaders : IReadOnlyList<KeyValuePair<string, byte[]>>
{
    private readonly List<KeyValuePair<string, byte[]>> _items = [];
    private NativeRecord* _record;

    public int Count => Items.Count;

    public KeyValuePair<string, byte[]> this[int index] => Items[index];

    private List<KeyValuePair<string, byte[]>> Items
    {
        get
        {
            if (_record is not null)
            {
                Read();
            }

            return _items;
        }
    }

    /// <summary>Stands for the headers of <paramref name="record"/> from now on.</summary>
    public void Of(NativeRecord* record) => _record = record;

    public IEnumerator<KeyValuePair<string, byte[]>> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Read()
    {
        _items.Clear();
        if (NativeConsumer.Headers(_record, out var headers) == 0)
        {
            for (nuint i = 0; NativeConsumer.Header(headers, i, out var name, out var value, out var length) == 0; i++)
            {
                _items.Add(new(Marshal.PtrToStringUTF8(name)!, value == 0 ? null! : new ReadOnlySpan<byte>((void*)value, (int)length).ToArray()));
            }
        }

        _record = null;
    }
}
