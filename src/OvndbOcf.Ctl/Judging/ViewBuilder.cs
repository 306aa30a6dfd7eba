using System.Globalization;
using System.Net;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Pacemaker;

namespace OvndbOcf.Ctl.Judging;

/// <summary>Makes a view of what was found out. Pure.</summary>
internal sealed class ViewBuilder
{
    // Beyond this Pacemaker has infinity.
    private const int Infinity = 1_000_000;

    private readonly ClusterFacts _facts;
    private readonly PromotionRecord? _record;
    private readonly string? _active;

    private ViewBuilder(ClusterFacts facts)
    {
        _facts = facts;
        _record = PromotionRecord.Parse(facts.Cib.Properties.GetValueOrDefault(RecordPrefix + facts.Resource.Id));
        _active = ActiveNode();
    }

    private const string RecordPrefix = "ovndb-promotion-";

    private string Id => _facts.Resource.Id;

    /// <summary>The view, with its problems.</summary>
    public static ClusterView Build(ClusterFacts facts)
    {
        var view = new ViewBuilder(facts).Build();
        return view with { Problems = Problems.Find(facts, view) };
    }

    private ClusterView Build() =>
        new()
        {
            Time = _facts.Time,
            Resource = Id,
            CloneId = _facts.Resource.CloneId,
            LocalNode = _facts.LocalNode,
            PacemakerAnswers = _facts.IsLive,
            HasQuorum = _facts.Status?.HasQuorum ?? (_facts.IsLive ? _facts.Cib.HasQuorum : null),
            IsInMaintenance = _facts.Cib.IsInMaintenance,
            Halt = Halt.Of(_facts),
            Moves =
            [
                .. MovedResources()
                    .SelectMany(resource => _facts.Cib.Moves.GetValueOrDefault(resource) ?? [])
                    .Distinct(StringComparer.Ordinal),
            ],
            Active = _active,
            IsRecordUnknown = _record is null && !string.IsNullOrWhiteSpace(_facts.Cib.Properties.GetValueOrDefault(RecordPrefix + Id)),
            Promotion = _record is { Marker: var marker }
                ? new PromotionView(marker.Number, marker.Node, marker.Time, marker.Closed, _record.Complete, _record.Outdated)
                : null,
            Address = Address(),
            Nodes =
            [
                .. _facts
                    .Cib.Nodes.Union(_facts.Status?.Nodes.Keys ?? [], StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(Node),
            ],
        };

    // Who keeps the address from a node keeps clients from the databases there.
    private IEnumerable<string> MovedResources() =>
        ((string?[])[Id, Address()?.Resource]).OfType<string>().Distinct(StringComparer.Ordinal);

    private string? ActiveNode()
    {
        if (_facts.Status is { } status)
        {
            var promoted = status
                .Instances.Where(instance =>
                    instance.Resource == Id
                    && instance.Role == InstanceRole.Promoted
                    && status.Nodes.GetValueOrDefault(instance.Node) is not (NodeCondition.Unclean or NodeCondition.Offline)
                )
                .Select(instance => instance.Node)
                .ToList();

            // Of two, that of the record is the one that counts.
            return promoted.Count == 0 ? null
                : _record is { Marker.Node: var latest } && promoted.Contains(latest) ? latest
                : promoted[0];
        }

        return _facts.Local?.Servers.AreActive == true ? _facts.LocalNode : null;
    }

    private AddressView? Address()
    {
        if (!_facts.Resource.Parameters.TryGetValue("master_ip", out var ip))
        {
            return null;
        }

        var resource = _facts.Cib.Addresses.FirstOrDefault(entry => IsSame(entry.Key, ip)).Value;
        var holder = _facts
            .Status?.Instances.Where(instance => instance.Resource == resource && instance.Role != InstanceRole.Stopped)
            .Select(instance => instance.Node)
            .FirstOrDefault();
        return new AddressView(ip, resource, holder, _facts.Local?.HasAddress == true);
    }

    private NodeView Node(string name)
    {
        var instance = _facts.Status?.Instances.FirstOrDefault(instance => instance.Resource == Id && instance.Node == name);
        var condition = _facts.Status?.Nodes.GetValueOrDefault(name) ?? NodeCondition.Unknown;
        var isLocal = name == _facts.LocalNode;
        var local = isLocal ? _facts.Local : null;
        var role =
            _facts.Status is null ? RoleSeen(local)
            // What a node does that the cluster lost is its own secret until it is fenced or back.
            : condition is NodeCondition.Offline or NodeCondition.Unclean or NodeCondition.Unknown ? InstanceRole.Unknown
            : instance is null ? InstanceRole.Stopped
            : instance.IsPending ? InstanceRole.Changing
            : instance.Role;
        var published = PublishedFacts.Of(name, _facts.Published?.GetValueOrDefault(name));
        var score = Score(_facts.Cib.Attribute(name, "master-" + Id));
        var copy = role == InstanceRole.Promoted ? null : CopyHere(local, name) ?? published?.Copy;
        var isConnected =
            IsCutOff(name) ? false
            : local is null ? published?.IsConnected
            : IsConnected(local.Servers);
        var words = new ScoreFacts
        {
            Condition = condition,
            Role = role,
            Copy = copy,
            Score = score,
            IsConnected = isConnected,
            IsAble = published?.IsAble ?? true,
            Promotion = _record?.Marker.Number,
            Active = _active,
            Failure = FailureOn(name),
            Advice = PublishedFacts.AdviceIn(_facts.Cib.Attribute(name, Id + "-copy"), published?.Copy),
        };
        var reason = ScoreReason.Of(words);
        return new NodeView
        {
            Name = name,
            IsLocal = isLocal,
            Condition = condition,
            Role = role,
            Copy = copy?.ToString(),
            Score = score,
            IsPromotable = score is { } known ? known >= 0 : null,
            Reason = reason,
            NextStep = NextStep.For(words, name, _record?.Marker.Node, _facts),
            ConnectedSince = isConnected == true && role == InstanceRole.Unpromoted ? published?.Since : null,
            Northd = Northd(local, role),
            Northbound = Database(OvnDatabase.Northbound, local, published, role, IsCutOff(name)),
            Southbound = Database(OvnDatabase.Southbound, local, published, role, IsCutOff(name)),
        };
    }

    private string FailureOn(string node) =>
        _facts.Status?.Failures.LastOrDefault(failure => failure.Resource == Id && failure.Node == node) is { } failure
            ? $"{failure.Action} failed: {failure.Reason}"
            : string.Empty;

    private CopyState? CopyHere(LocalFacts? local, string name)
    {
        if (local is null || !local.Copies.Northbound.IsReadable || !local.Copies.Southbound.IsReadable)
        {
            return null;
        }

        var others = _facts
            .Cib.Properties.Where(property =>
                property.Key != RecordPrefix + Id && property.Key.StartsWith(RecordPrefix, StringComparison.Ordinal)
            )
            .Select(property => property.Value);
        var knowledge = ClusterKnowledge.From(
            _facts.Cib.Properties.GetValueOrDefault(RecordPrefix + Id),
            _facts.Cib.Properties.GetValueOrDefault(PacemakerTools.ReplicationInfo),
            others
        );
        return CopyEvaluator.Evaluate(local.Copies, knowledge, name);
    }

    // A backup whose packets are lost believes for up to a minute that it is connected; the node that was active knew better.
    private bool IsCutOff(string name) =>
        _record is { Marker: { Closed: false, Node: var latest }, Outdated: var outdated } && name != latest && outdated.Contains(name);

    private DatabaseView Database(OvnDatabase database, LocalFacts? local, PublishedFacts? published, InstanceRole role, bool isCutOff)
    {
        if (local is null)
        {
            var isBackup = role == InstanceRole.Unpromoted;
            var isConnected = published?.IsConnected == true && !isCutOff;
            return new DatabaseView
            {
                Role =
                    isBackup ? DatabaseRole.Backup
                    : role == InstanceRole.Promoted ? DatabaseRole.Active
                    : role == InstanceRole.Stopped ? DatabaseRole.Stopped
                    : DatabaseRole.Unknown,
                Source = isBackup && isConnected && published?.Id == _record?.Marker.Id ? _record?.Marker.Node : null,
                Connected = isBackup && published is not null ? isConnected : null,
                Schema = role == InstanceRole.Promoted ? _record?.Schema(database)?.ToString() : null,
                Promotion = published?.Promotion,
            };
        }

        var server = local.Servers.Of(database);
        var copy = local.Copies.Of(database);
        return new DatabaseView
        {
            Role = server.State switch
            {
                ServerState.Active => DatabaseRole.Active,
                ServerState.Replicating or ServerState.Disconnected or ServerState.ReplicationFailed => DatabaseRole.Backup,
                ServerState.Busy => DatabaseRole.Busy,
                ServerState.Hung => DatabaseRole.Hung,
                ServerState.NotRunning => DatabaseRole.Stopped,
                _ => DatabaseRole.Unknown,
            },
            Source = server.IsBackup ? SourceName(server.Source) : null,
            Connected = server.IsBackup ? server.State == ServerState.Replicating && !isCutOff : null,
            Schema = copy.Schema?.ToString(),
            Promotion = copy.Marker?.Number,
            FileBytes = local.FilesOf(database).Bytes,
            SetAside = local.FilesOf(database).SetAside,
        };
    }

    // A backup that waits at the address that never answers has no source.
    private string? SourceName(string? remote)
    {
        if (remote is null || remote.Contains($":{Decisions.Connections.NoSource.NeverAnswers}:", StringComparison.Ordinal))
        {
            return null;
        }

        var host = remote[(remote.IndexOf(':', StringComparison.Ordinal) + 1)..];
        host = host[..Math.Max(0, host.LastIndexOf(':'))].Trim('[', ']');
        return _record?.Address is { } address && IPAddress.TryParse(host, out var named) && named.Equals(address)
            ? _record.Marker.Node
            : remote;
    }

    private static InstanceRole RoleSeen(LocalFacts? local) =>
        local is null ? InstanceRole.Unknown
        : local.Servers.AreActive ? InstanceRole.Promoted
        : local.Servers is { Northbound.IsBackup: true, Southbound.IsBackup: true } ? InstanceRole.Unpromoted
        : local.Servers is { Northbound.State: ServerState.NotRunning, Southbound.State: ServerState.NotRunning } ? InstanceRole.Stopped
        : InstanceRole.Unknown;

    private static bool? IsConnected(ServerPair servers) =>
        servers is { Northbound.IsBackup: true, Southbound.IsBackup: true }
            ? servers is { Northbound.State: ServerState.Replicating, Southbound.State: ServerState.Replicating }
            : null;

    // Beside backups none runs, and that is nothing to tell.
    private static string? Northd(LocalFacts? local, InstanceRole role) =>
        local is null or { Northd: NorthdState.NotManaged } || (role != InstanceRole.Promoted && local.Northd == NorthdState.NotRunning)
            ? null
            : Reasons.Describe(local.Northd);

    private static bool IsSame(string one, string other) =>
        one == other || (IPAddress.TryParse(one, out var first) && IPAddress.TryParse(other, out var second) && first.Equals(second));

    private static int? Score(string? text) =>
        text switch
        {
            "INFINITY" or "+INFINITY" => Infinity,
            "-INFINITY" => -Infinity,
            _ => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var score)
                ? Math.Clamp(score, -Infinity, Infinity)
                : null,
        };
}
