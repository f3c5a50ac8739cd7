using System.Reflection;
using System.Runtime.InteropServices;

namespace Tidewatch.TestKit;

/// <summary>Counts the objects that one object holds alive, and their bytes as the collector counts them, by type.</summary>
/// <remarks>Types, members and what else belongs to the runtime are passed over. Sizes come from the method table: its base size, and the component size of arrays and strings.</remarks>
public sealed class ReachableObjects
{
    private const int BaseSizeOffset = 4;
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, FieldInfo[]> _fields = [];
    private readonly Dictionary<Type, (int Count, long Bytes)> _types = [];

    private ReachableObjects(object root)
    {
        var open = new Stack<object>([root]);
        while (open.TryPop(out var next))
        {
            Visit(next, open);
        }
    }

    /// <summary>Objects and bytes of each type, most bytes first.</summary>
    public IEnumerable<(Type Type, int Count, long Bytes)> ByType => _types.Select(t => (t.Key, t.Value.Count, t.Value.Bytes)).OrderByDescending(t => t.Bytes);

    public long Bytes => _types.Values.Sum(t => t.Bytes);

    /// <summary>Everything that <paramref name="root"/> holds alive, itself included.</summary>
    public static ReachableObjects From(object root) => new(root);

    private void Visit(object found, Stack<object> open)
    {
        if (found is MemberInfo or Assembly or Module or Pointer || !_seen.Add(found))
        {
            return;
        }

        var type = found.GetType();
        if (!type.IsValueType)
        {
            var (count, bytes) = _types.GetValueOrDefault(type);
            _types[type] = (count + 1, bytes + SizeOf(found, type));
        }

        if (found is Array array)
        {
            if (Holds(type.GetElementType()!))
            {
                foreach (var item in array)
                {
                    Push(item, open);
                }
            }

            return;
        }

        foreach (var field in FieldsOf(type))
        {
            Push(field.GetValue(found), open);
        }
    }

    private static void Push(object? value, Stack<object> open)
    {
        if (value is not null)
        {
            open.Push(value);
        }
    }

    private FieldInfo[] FieldsOf(Type type)
    {
        if (!_fields.TryGetValue(type, out var fields))
        {
            var all = new List<FieldInfo>();
            for (var level = type; level is not null && type != typeof(string); level = level.BaseType)
            {
                all.AddRange(level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(f => Holds(f.FieldType)));
            }

            _fields[type] = fields = [.. all];
        }

        return fields;
    }

    private static bool Holds(Type type) => !type.IsPrimitive && !type.IsPointer && !type.IsEnum && !type.IsByRefLike;

    private static long SizeOf(object found, Type type)
    {
        var size = (long)Marshal.ReadInt32(type.TypeHandle.Value, BaseSizeOffset);
        var component = (ushort)Marshal.ReadInt16(type.TypeHandle.Value);
        size += found switch
        {
            Array array => (long)array.Length * component,
            string text => (long)text.Length * component,
            _ => 0,
        };
        return (size + IntPtr.Size - 1) / IntPtr.Size * IntPtr.Size;
    }
}
