using System.Globalization;
using System.Text;

namespace Tidewatch.Faults.Rig.Wire;

/// <summary>A Redis command as clients send it: an array of bulk strings.</summary>
internal static class RedisRequest
{
    /// <summary>Reads one command as it is on the wire.</summary>
    public static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var command = new MemoryStream();
        for (var parts = await CountAsync('*'); parts > 0; parts--)
        {
            var bulk = new byte[await CountAsync('$') + 2];
            await stream.ReadExactlyAsync(bulk, cancellationToken);
            command.Write(bulk);
        }

        return command.ToArray();

        async Task<int> CountAsync(char kind)
        {
            var (line, one) = (new List<byte>(), new byte[1]);
            do
            {
                await stream.ReadExactlyAsync(one, cancellationToken);
                line.Add(one[0]);
            }
            while (one[0] != '\n');
            command.Write([.. line]);
            var text = Encoding.ASCII.GetString([.. line]).TrimEnd();
            return text[0] == kind ? int.Parse(text[1..], CultureInfo.InvariantCulture) : throw new IOException($"a Redis command that is no array of strings: {text}");
        }
    }

    /// <summary>Keys that a script is called with; -1 for other commands.</summary>
    public static int ScriptKeys(byte[] command)
    {
        var parts = Encoding.Latin1.GetString(command.AsSpan(0, Math.Min(command.Length, 4_096))).Split("\r\n");
        var isShort = parts.Length > 6 && parts[2] is "EVALSHA" or "EVAL";
        return isShort && int.TryParse(parts[6], CultureInfo.InvariantCulture, out var keys) ? keys : -1;
    }
}
