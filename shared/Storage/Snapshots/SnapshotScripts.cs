namespace Tidewatch.Storage.Snapshots;

/// <summary>What must happen in Redis in one step. All keys of a call carry the same hash tag.</summary>
internal static class SnapshotScripts
{
    /// <summary>Next fencing token: above the last one and above every manifest, should the counter alone have been lost.</summary>
    public const string NextEpoch = """
        local e = tonumber(redis.call('GET', KEYS[1]) or '0')
        for i = 2, #KEYS do
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

    /// <summary>Makes a snapshot visible: 0 when a newer owner or a newer (epoch, offset) is there, -1 when the manifest that it builds on is no longer there or a chunk of it is gone. Keys: token, its slot, the slot it builds on, all slots, chunks. A lost counter is raised to the owner's token.</summary>
    public const string WriteManifest = """
        local epoch, offset = tonumber(ARGV[1]), tonumber(ARGV[2])
        local last = tonumber(redis.call('GET', KEYS[1]) or '0')
        if last > epoch then return 0 end
        for i = 4, 6 do
          local e = tonumber(redis.call('HGET', KEYS[i], 'epoch') or '-1')
          local o = tonumber(redis.call('HGET', KEYS[i], 'offset') or '-1')
          if e > epoch or (e == epoch and o > offset) then return 0 end
        end
        if ARGV[3] ~= '' and redis.call('HGET', KEYS[3], 'last') ~= ARGV[3] then return -1 end
        for i = 7, #KEYS do
          if redis.call('EXISTS', KEYS[i]) == 0 then return -1 end
        end
        if last < epoch then redis.call('SET', KEYS[1], ARGV[1]) end
        redis.call('DEL', KEYS[2])
        redis.call('HSET', KEYS[2], 'epoch', ARGV[1], 'offset', ARGV[2], 'last', ARGV[4], 'body', ARGV[5])
        return 1
        """;
}
