namespace Tidewatch.Storage.Snapshots;

/// <summary>What must happen in Redis in one step. All keys of a call carry the same hash tag.</summary>
internal static class SnapshotScripts
{
    /// <summary>Next fencing token: above the last one and above every manifest, should the counter alone have been lost.</summary>
    public const string NextEpoch = """
        local e = tonumber(redis.call('GET', KEYS[1]) or '0')
        for i = 2, 3 do
          e = math.max(e, tonumber(redis.call('HGET', KEYS[i], 'epoch') or '0'))
        end
        redis.call('SET', KEYS[1], string.format('%.0f', e + 1))
        return e + 1
        """;

    /// <summary>Writes a chunk unless a newer owner has taken a token.</summary>
    public const string WriteChunk = """
        if tonumber(redis.call('GET', KEYS[1]) or '0') > tonumber(ARGV[1]) then return 0 end
        redis.call('SET', KEYS[2], ARGV[2])
        return 1
        """;

    /// <summary>Makes a snapshot visible unless a newer owner or a newer (epoch, offset) is there; a lost counter is raised to the owner's token.</summary>
    public const string WriteManifest = """
        local epoch, offset = tonumber(ARGV[1]), tonumber(ARGV[2])
        local last = tonumber(redis.call('GET', KEYS[1]) or '0')
        if last > epoch then return 0 end
        for i = 2, 3 do
          local e = tonumber(redis.call('HGET', KEYS[i], 'epoch') or '-1')
          local o = tonumber(redis.call('HGET', KEYS[i], 'offset') or '-1')
          if e > epoch or (e == epoch and o > offset) then return 0 end
        end
        if last < epoch then redis.call('SET', KEYS[1], ARGV[1]) end
        redis.call('HSET', KEYS[2], 'epoch', ARGV[1], 'offset', ARGV[2], 'chunks', ARGV[3], 'body', ARGV[4])
        return 1
        """;
}
