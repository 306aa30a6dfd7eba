using OvndbOcf.Servers.Freshness;

namespace OvndbOcf.UnitTests.Freshness.Model;

/// <summary>
/// A cluster as Pacemaker runs it: the partition with a majority of the nodes has the record, everybody else stops. Transactions are acknowledged on the active
/// server and reach its backups in order, within less than the guard's tolerance; the nodes' clocks differ by less than a second. Backups publish
/// connections only
/// once they carry data, and a dump that is interrupted leaves nothing. Clients write only once a promotion is on record.
/// </summary>
internal sealed partial class Cluster
{
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20)];

    private readonly Node[] _nodes;
    private readonly bool _isDirect;
    private readonly Tally _tally;
    private IReadOnlyDictionary<string, LinkMemory> _memory = new Dictionary<string, LinkMemory>();
    private DateTimeOffset _now = Known.Noon;
    private PromotionRecord? _record;
    private Node? _active;
    private int _counter;

    public Cluster(History history, Tally tally)
    {
        _nodes = [.. Enumerable.Range(0, history.Nodes).Select(index => new Node($"n{index}", TimeSpan.FromMilliseconds(((index * 700) % 1000) - 500)))];
        _isDirect = history.IsDirect;
        _tally = tally;
    }

    private bool HasQuorum => _nodes.Count(node => node.IsOnline) > _nodes.Length / 2;

    private ClusterKnowledge Knowledge => new(true, _record, _record?.Marker.Node);

    /// <summary>Lets one thing happen, if it can.</summary>
    public void Do(Step step)
    {
        _now += TimeSpan.FromMilliseconds(10);
        var node = _nodes[step.Node % _nodes.Length];
        switch (step.Kind)
        {
            case Kind.Write when _active is not null:
                _active.Store(step.How % 2, new Entry(_active.Copies[step.How % 2], null), _now);
                break;
            case Kind.Deliver:
                Deliver(node, step.How % 2);
                break;
            case Kind.Wait:
                DeliverAll();
                _now += Waits[step.How % Waits.Length];
                break;
            case Kind.Cut when node != _active:
                Cut(node, step.How);
                break;
            case Kind.Heal when _active is not null && node != _active && node.IsOnline && !node.IsLinked:
                Follow(node, step.How % 8 == 0 ? step.How / 8 % 2 : null);
                break;
            case Kind.Monitor when node.IsOnline:
                Monitor(node);
                break;
            case Kind.Track when _active is not null:
                Track();
                break;
            case Kind.PowerOff when node.IsOnline:
                PowerOff(node);
                break;
            case Kind.Stop when node.IsOnline:
                Stop(node);
                break;
            case Kind.Start when !node.IsOnline:
                Start(node, step.How);
                break;
            case Kind.Demote when _active is not null:
                Demote(step.How % 5);
                break;
            case Kind.Promote when _active is null && HasQuorum:
                Round(step.Node, step.How);
                break;
            default:
                break;
        }
    }

    private void Deliver(Node node, int database)
    {
        if (node.Links[database] is not null)
        {
            var next = Entry.Next(node.Copies[database], _active!.Copies[database]);
            if (next != node.Copies[database])
            {
                node.Store(database, next, _now);
            }
        }
    }

    private void DeliverAll()
    {
        foreach (var node in _nodes)
        {
            for (var database = 0; database < 2; database++)
            {
                while (node.Links[database] is not null && node.Copies[database] != _active!.Copies[database])
                {
                    Deliver(node, database);
                }
            }
        }
    }

    private void Cut(Node node, int how)
    {
        if (how % 3 != 1)
        {
            node.Links[0] = null;
        }

        if (how % 3 != 2)
        {
            node.Links[1] = null;
        }

        node.CutSince ??= _now;
        node.WasNeverCut &= _active is null;
    }

    private void PowerOff(Node node)
    {
        node.IsOnline = false;
        node.Published = new(null, null);
        node.Score = null;
        node.Follows = null;
        node.WasNeverCut &= _active is null || _active == node;
        node.Disconnect(_now);
        if (_active is not null && (node == _active || !HasQuorum))
        {
            Die();
        }
    }

    private void Stop(Node node)
    {
        if (node == _active)
        {
            Demote(0);
        }

        PowerOff(node);
        if (_active is not null)
        {
            Track();
        }
    }

    private void Start(Node node, int how)
    {
        node.IsOnline = true;
        node.CutSince = _now;
        node.GaveWay = null;
        if (_active is not null)
        {
            Follow(node, how % 4 == 0 ? how / 4 % 2 : null);
        }
    }

    /// <summary>The active servers are gone.</summary>
    private void Die()
    {
        _active!.Copies.CopyTo(_lastActiveData, 0);
        _active = null;
        foreach (var node in _nodes)
        {
            node.Disconnect(_now);
            node.Follows = null;
        }
    }

    private void Monitor(Node node)
    {
        node.Published = node.Publishable;
        node.Score = Verdict(node).Score;
    }

    private PromotionVerdict Verdict(Node node) => PromotionVerdict.For(new Candidacy(
        CopyEvaluator.Evaluate(node.Pair, Knowledge, node.Name),
        node.CutSince is { } since ? _now - since : TimeSpan.Zero,
        node.GaveWay is { } gaveWay && _now - gaveWay < TimeSpan.FromMinutes(1),
        IsAllowed: false));

    /// <summary>The active instance's monitor. A member that has published nothing yet publishes nothing: it is there all the same.</summary>
    private void Track()
    {
        var published = new Dictionary<string, PublishedLink>();
        var established = new HashSet<string>();
        foreach (var node in _nodes)
        {
            if (node == _active)
            {
                continue;
            }

            if (node.IsOnline)
            {
                published[node.Name] = node.Published;
            }

            if (_isDirect)
            {
                established.UnionWith(node.Links.OfType<string>());
            }

            for (var database = 0; database < 2; database++)
            {
                if (node.Links[database] is null && (!node.IsOnline || node.Published == node.Publishable))
                {
                    node.Horizon[database] = _active!.Copies[database];
                }
            }
        }

        var findings = LinkTracker.Update(_memory, published, established, _record!.Outdated, _record.Marker.Id, _isDirect);
        if (findings.Outdated.Count > _record.Outdated.Count)
        {
            _tally.Mark();
        }

        _memory = findings.Memory;
        _record = _record with { Outdated = findings.Outdated };
    }
}
