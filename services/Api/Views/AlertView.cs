using Microsoft.Extensions.Options;
using Tidewatch.Contracts;

namespace Tidewatch.Api.Views;

/// <summary>The latest alerts in order of arrival, each id once. Thread-safe.</summary>
public sealed class AlertView(IOptions<ApiOptions> options)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Alert> _alerts = [];
    private readonly Dictionary<string, LinkedListNode<Alert>> _byId = new(StringComparer.Ordinal);

    /// <summary>False for an id that is held already.</summary>
    public bool Add(Alert alert)
    {
        lock (_lock)
        {
            if (_byId.ContainsKey(alert.Id))
            {
                return false;
            }

            _byId[alert.Id] = _alerts.AddLast(alert);
            if (_alerts.Count > options.Value.RecentAlerts)
            {
                _byId.Remove(_alerts.First!.Value.Id);
                _alerts.RemoveFirst();
            }

            return true;
        }
    }

    /// <summary>The latest that match, newest first.</summary>
    public IReadOnlyList<Alert> Latest(int limit, Func<Alert, bool> matches)
    {
        var found = new List<Alert>(Math.Min(limit, options.Value.RecentAlerts));
        lock (_lock)
        {
            for (var node = _alerts.Last; node is not null && found.Count < limit; node = node.Previous)
            {
                if (matches(node.Value))
                {
                    found.Add(node.Value);
                }
            }
        }

        return found;
    }

    /// <summary>What arrived after the alert of this id, oldest first; everything held when the id is not.</summary>
    public IReadOnlyList<Alert> After(string id)
    {
        lock (_lock)
        {
            var missed = new List<Alert>();
            for (var node = _byId.TryGetValue(id, out var known) ? known.Next : _alerts.First; node is not null; node = node.Next)
            {
                missed.Add(node.Value);
            }

            return missed;
        }
    }
}
