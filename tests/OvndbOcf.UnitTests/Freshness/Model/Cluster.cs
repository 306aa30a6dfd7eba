using OvndbOcf.Decisions.Copies;
using OvndbOcf.UnitTests.Decisions.Copies;

namespace OvndbOcf.UnitTests.Freshness.Model;

/// <summary>
/// A cluster as Pacemaker runs it: the partition with a majority of the nodes has the record, everybody else stops. Transactions are acknowledged on
/// the active server and reach its backups in order, within less than the guard's tolerance; the nodes' clocks differ by less than a second. Backups
/// publish connections only once they carry data, and a dump that is interrupted leaves nothing. Clients write only once a promotion is on record, or
/// behind a closing marker. Automation may take the record away or bring an older one back at any time; until the active instance has put it right,
/// or the next promotion, only what the nodes that are online know can be held against it.
/// </summary>
internal sealed partial class Cluster
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(3),
        TimeSpan.FromSeconds(15),
        TimeSpan.FromSeconds(45),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(20),
    ];

    private readonly Node[] _nodes;
    private readonly bool _isDirect;
    private readonly Tally _tally;
    private IReadOnlyDictionary<string, LinkMemory>? _memory;
    private DateTimeOffset _now = Known.Noon;
    private readonly List<PromotionRecord?> _earlier = [null];
    private readonly List<PromotionMarker?> _markers = [null];
    private PromotionRecord? _record;
    private PromotionRecord? _remembered;
    private string? _lastNamed;
    private string? _otherResource;
    private bool _isAttributeDaemonSilent,
        _isConfigurationUnreadable;
    private DateTimeOffset? _elsewhereSince;
    private Node? _active;
    private int _counter;

    public Cluster(History history, Tally tally)
    {
        _nodes =
        [
            .. Enumerable
                .Range(0, history.Nodes)
                .Select(index => new Node($"n{index}", TimeSpan.FromMilliseconds(((index * 700) % 1000) - 500))),
        ];
        _isDirect = history.IsDirect;
        _tally = tally;
    }

    private bool HasQuorum => _nodes.Count(node => node.IsOnline) > _nodes.Length / 2;

    private ClusterKnowledge Knowledge =>
        _isConfigurationUnreadable
            ? ClusterKnowledge.Unreadable
            : ClusterKnowledge.From(
                _record?.ToString(),
                _lastNamed,
                _otherResource is { } other ? [new PromotionRecord(Known.Marker(1, Known.Stranger, other)).ToString()] : []
            );

    /// <summary>Lets one thing happen, if it can.</summary>
    public void Do(Step step)
    {
        _now += TimeSpan.FromMilliseconds(10);
        var node = _nodes[step.Node % _nodes.Length];
        switch (step.Kind)
        {
            case Kind.Write when _active is { IsAble: true }:
                Write(step.How % 2);
                break;
            case Kind.Rewrite when _active is { IsAble: true }:
                Rewrite(step.How);
                break;
            case Kind.Push:
                Push(step.How);
                break;
            case Kind.Blind:
                (_isAttributeDaemonSilent, _isConfigurationUnreadable) = (step.How % 4 == 1, step.How % 4 == 2);
                break;
            case Kind.Touch:
                node.Touch(step.How % 2, _now);
                break;
            case Kind.OtherResource:
                _otherResource = _lastNamed = node.Name;
                break;
            case Kind.Ban:
                node.IsBanned = step.How % 2 == 0;
                break;
            case Kind.Fill:
                Fill(node, isFull: step.How % 2 == 1);
                break;
            case Kind.Rename when !node.IsOnline:
                node.Name = $"r{++_counter}";
                _tally.Rename();
                break;
            case Kind.Hijack when _active is not null && node != _active && node.IsOnline:
                Hijack(node);
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
            case Kind.Heal when _active is not null && node is { IsOnline: true, IsLinked: false, IsAble: true } && node != _active:
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
                Stop(node, step.How);
                break;
            case Kind.Start when !node.IsOnline:
                Start(node, step.How);
                break;
            case Kind.Demote when _active is not null:
                Demote(step.How % 8);
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
        if (how / 3 % 2 == 1)
        {
            node.HalfOpen.UnionWith(node.Links.OfType<string>());
        }

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

    /// <summary>What a backup without room receives, it cannot keep: it follows nobody.</summary>
    private void Fill(Node node, bool isFull)
    {
        node.IsAble = !isFull;
        if (isFull && node != _active)
        {
            Cut(node, 0);
        }
    }

    private void PowerOff(Node node)
    {
        node.IsOnline = false;
        node.Boot = new Guid(++_counter, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
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

    /// <summary>A backup notes that the active servers live on. That counts from then on, whether or not the active instance's monitor gets to see that the node has left.</summary>
    private void Stop(Node node, int how)
    {
        if (node == _active)
        {
            Demote(0);
        }

        for (var database = 0; database < 2; database++)
        {
            if (
                node.Links[database] is not null
                && node.Copies[database]?.Marker is { } marker
                && NotedPromotion.Leaving(node.Notes[database], marker, node.Name) is { } leaving
            )
            {
                node.Notes[database] = leaving;
                node.Horizon[database] = _active!.Copies[database];
            }
        }

        PowerOff(node);
        if (_active is not null && how % 2 == 0)
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
            if (_memory?.ContainsKey(node.Name) == false)
            {
                // The active instance is told of each start; what it does not know yet it learns then.
                Track();
            }
        }
    }

    /// <summary>The active servers are gone.</summary>
    private void Die()
    {
        _active!.Copies.CopyTo(_lastActiveData, 0);
        _active = null;
        _remembered = null;
        _elsewhereSince = null;
        foreach (var node in _nodes)
        {
            node.Disconnect(_now);
            node.HalfOpen.Clear();
            node.Follows = null;
        }
    }

    private void Monitor(Node node)
    {
        for (var database = 0; database < 2; database++)
        {
            if (node.Links[database] is not null)
            {
                node.Notes[database] = node.Notes[database]?.CaughtUp();
            }
        }

        var wasPublished = node.Published == node.Publishable;
        node.Published = node.Publishable;
        if (Verdict(node) is { IsKnown: true } verdict)
        {
            node.Score = verdict.Score;
            if (wasPublished && !_isAttributeDaemonSilent && node.IsLinked)
            {
                NoteHolder(node);
            }
        }
    }

    /// <summary>Between two monitors of a backup there is one of the active instance, at the latest when it is told of its start.</summary>
    private void NoteHolder(Node node)
    {
        if (_active is not null && Array.Exists(node.Notes, note => note?.Holder != node.Name))
        {
            Track();
        }

        if (
            Knowledge.Record is { Marker: { Closed: false } marker }
            && node.Publishable is { Ends: not null, Promotion: { } id }
            && id == marker.Id
        )
        {
            for (var database = 0; database < 2; database++)
            {
                node.Notes[database] = NotedPromotion.Received(node.Notes[database], marker, node.Name);
            }
        }
    }

    private void Write(int database) => _active!.Store(database, new Entry(_active.Copies[database], null), _now);

    private PromotionVerdict Verdict(Node node) =>
        PromotionVerdict.For(
            new Candidacy(node.Pair, Knowledge, node.Name)
            {
                CutOff = node.CutSince is { } since ? _now - since : TimeSpan.Zero,
                GaveWay = node.GaveWay is { } gaveWay && _now - gaveWay < TimeSpan.FromMinutes(1),
                Hindrance = node.IsAble ? null : "the disk is full",
            }
        );

    /// <summary>The active instance's monitor. A member that has published nothing yet publishes nothing: it is there all the same.</summary>
    private void Track()
    {
        if (_isConfigurationUnreadable)
        {
            return;
        }

        Keep();
        if (_isAttributeDaemonSilent || _record?.Marker.Node != _active!.Name || _record.Marker.Closed)
        {
            return;
        }

        var (published, established) = Look();
        foreach (var node in _nodes)
        {
            for (var database = 0; node != _active && database < 2; database++)
            {
                if (node.Links[database] is null && (!node.IsOnline || node.Published == node.Publishable))
                {
                    node.Horizon[database] = _active!.Copies[database];
                }
            }
        }

        var findings = LinkTracker.Update(
            _memory ?? LinkTracker.Initial(_nodes.Where(node => node != _active).Select(node => node.Name)),
            published,
            established,
            _record.Outdated,
            _record.Marker.Id,
            _isDirect
        );
        if (findings.Outdated.Count > _record.Outdated.Count)
        {
            _tally.Mark();
        }

        _memory = findings.Memory;
        Remember(_record with { Outdated = findings.Outdated });
    }

    /// <summary>What the backups publish, and which connections the active servers have.</summary>
    private (Dictionary<string, PublishedLink> Published, HashSet<string> Established) Look()
    {
        var published = new Dictionary<string, PublishedLink>();
        var established = new HashSet<string>();
        foreach (var node in _nodes)
        {
            if (node != _active && node.IsOnline)
            {
                published[node.Name] = node.Published;
            }

            if (node != _active && _isDirect)
            {
                established.UnionWith(node.Links.OfType<string>());
                established.UnionWith(node.HalfOpen);
            }
        }

        return (published, established);
    }
}
