using System.Net;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Ctl.Checks.Gathering;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker.Configuration;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.UnitTests.Checks;

/// <summary>A cluster with nothing to find: what virtual-ip.sh makes, with fencing, as seen from its promoted node. Tests change one thing in it.</summary>
internal static class Example
{
    public const string Vip = "10.0.0.9";

    public static readonly IPAddress Own = IPAddress.Parse("10.0.0.1");
    public static readonly IPAddress Peer = IPAddress.Parse("10.0.0.2");

    public static Dictionary<string, string> Parameters(params (string Name, string Value)[] more)
    {
        var parameters = new Dictionary<string, string> { ["master_ip"] = Vip, ["manage_northd"] = "yes" };
        foreach (var (name, value) in more)
        {
            parameters[name] = value;
        }

        return parameters;
    }

    public static ResourceOperation Operation(
        string name,
        string interval,
        string timeout,
        string? role = null,
        params (string Name, string Value)[] more
    )
    {
        var options = new Dictionary<string, string> { ["interval"] = interval, ["timeout"] = timeout };
        if (role is not null)
        {
            options["role"] = role;
        }

        foreach (var (option, value) in more)
        {
            options[option] = value;
        }

        return new ResourceOperation($"ovndb-{name}-interval-{interval}", name, options);
    }

    public static IReadOnlyList<ResourceOperation> Operations { get; } =
    [
        Operation("start", "0s", "30s"),
        Operation("stop", "0s", "20s"),
        Operation("promote", "0s", "50s"),
        Operation("demote", "0s", "50s"),
        Operation("notify", "0s", "20s"),
        Operation("monitor", "1s", "20s", "Promoted"),
        Operation("monitor", "3s", "20s", "Unpromoted"),
    ];

    public static ResourceContainer Clone { get; } =
        new(
            "ovndb-clone",
            ContainerKind.Clone,
            new Dictionary<string, string>
            {
                ["promotable"] = "true",
                ["notify"] = "true",
                ["promoted-max"] = "1",
                ["promoted-node-max"] = "1",
            }
        );

    public static PrimitiveResource Database { get; } =
        new("ovndb", "ocf:ovn:ovndb-servers", Parameters(), new Dictionary<string, string> { ["failure-timeout"] = "30s" }, Operations)
        {
            Container = Clone,
        };

    public static PrimitiveResource Address { get; } =
        new(
            "ovn-vip",
            "ocf:heartbeat:IPaddr2",
            new Dictionary<string, string> { ["ip"] = Vip, ["cidr_netmask"] = "24" },
            new Dictionary<string, string>(),
            [Operation("monitor", "10s", "20s")]
        );

    public static PrimitiveResource Fence { get; } =
        new("power", "stonith:fence_ipmilan", new Dictionary<string, string>(), new Dictionary<string, string>(), []);

    public static ColocationConstraint Colocation { get; } =
        new("colocation", new ConstraintEnd("ovn-vip", "Started"), new ConstraintEnd("ovndb-clone", "Promoted"), Score.Infinity);

    public static OrderConstraint Order { get; } =
        new("order", new ConstraintEnd("ovndb-clone", "promote"), new ConstraintEnd("ovn-vip", "start"), "Mandatory");

    public static ClusterConfiguration Configuration { get; } =
        new()
        {
            Primitives = [Fence, Database, Address],
            Colocations = [Colocation],
            Orders = [Order],
            Locations = [],
            Properties = new Dictionary<string, string> { ["stonith-enabled"] = "true" },
            Nodes = ["node1", "node2", "node3"],
            ResourceDefaults = new Dictionary<string, string>(),
            OperationDefaults = new Dictionary<string, string>(),
        };

    public static ClusterState State { get; } =
        new(
            [.. Configuration.Nodes.Select(name => new NodeState(name, true, false, false, "3.20.0"))],
            [
                new InstanceState("ovndb", "node1", "Promoted"),
                new InstanceState("ovndb", "node2", "Unpromoted"),
                new InstanceState("ovndb", "node3", "Unpromoted"),
                new InstanceState("ovn-vip", "node1", "Started"),
                new InstanceState("power", "node2", "Started"),
            ],
            []
        );

    public static NodeAddresses Addresses { get; } =
        new(
            [new InterfaceAddress(Own, 24, 2, false), new InterfaceAddress(IPAddress.Parse(Vip), 24, 2, true)],
            Own,
            new HashSet<IPAddress> { IPAddress.Parse(Vip) }
        );

    public static CorosyncFacts Corosync { get; } =
        new(
            [new CorosyncNode("node1", Own), new CorosyncNode("node2", Peer), new CorosyncNode("node3", IPAddress.Parse("10.0.0.3"))],
            IsTwoNode: false,
            WaitsForAll: false,
            HasDevice: false
        );

    public static DateTimeOffset Now { get; } = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    public static NodeFacts Node { get; } =
        new()
        {
            Now = Now,
            Name = Fact<string>.Of("node1"),
            Addresses = Fact<NodeAddresses>.Of(Addresses),
            Corosync = Fact<CorosyncFacts>.Of(Corosync),
            Agent = Fact<InstalledAgent>.Of(InstalledAgent.This),
            AgentPath = "/usr/lib/ocf/resource.d/ovn/ovndb-servers",
            EnabledServices = Fact<IReadOnlyList<string>>.Of([]),
            Disk = Fact<DatabaseDisk>.Of(new DatabaseDisk("/var/lib/ovn", new DiskSpace(1L << 30, false), 2 << 20)),
            NorthdFile = "/etc/ovn/ovn-northd-db-params.conf",
            NorthdElsewhere = Fact<string?>.Of(null),
            Load = Fact<double>.Of(0.2),
            Peers = Fact<IReadOnlyList<PeerPort>>.Of([new PeerPort("node2", new IPEndPoint(Peer, 6641), Reach.Refused)]),
            ClientPorts = Fact<IReadOnlyList<PeerPort>>.Of([
                new PeerPort(null, new IPEndPoint(IPAddress.Parse(Vip), 6641), Reach.Connected),
            ]),
            Databases = [.. Resource().Parameters.Databases.Select(Facts)],
        };

    public static CheckedCluster Cluster { get; } =
        new(Configuration, Resource(), [], Fact<ClusterState>.Of(State), Node)
        {
            AgentVersions = Versions(("node1", "0.1.0"), ("node2", "0.1.0"), ("node3", "0.1.0")),
        };

    /// <summary>The versions of the agent that instances publish.</summary>
    public static Fact<IReadOnlyDictionary<string, string>> Versions(params (string Node, string Version)[] versions) =>
        Fact<IReadOnlyDictionary<string, string>>.Of(versions.ToDictionary(node => node.Node, node => node.Version));

    /// <summary>The resource with further parameters.</summary>
    public static CheckedResource Resource(params (string Name, string Value)[] more) =>
        CheckedResources.Read(Database with { Parameters = Parameters(more) });

    /// <summary>What a node has of a database where all is well.</summary>
    public static DatabaseFacts Facts(OvndbOcf.Decisions.Databases.DatabaseParameters database) =>
        new()
        {
            Parameters = database,
            Path = $"/var/lib/ovn/ovn{database.Prefix}_db.db",
            ControlSocket = $"/var/run/ovn/ovn{database.Prefix}_db.ctl",
            Socket = $"/var/run/ovn/ovn{database.Prefix}_db.sock",
            FileLength = Fact<long?>.Of(1 << 20),
            IsClustered = Fact<bool>.Of(false),
            History = Fact<FileHistory?>.Of(null),
            OpenFiles = Fact<long?>.Of(65536),
            Connections = Fact<IReadOnlyList<ConnectionRow>>.Of([new ConnectionRow(Guid.Empty, $"ptcp:{database.Port}:{Vip}", 5000)]),
            Listeners = Fact<IReadOnlyList<PortListener>>.Of([
                new PortListener(new IPEndPoint(IPAddress.Parse(Vip), database.Port), "1"),
                new PortListener(new IPEndPoint(Own, database.Port), "2"),
            ]),
            PortHolder = Fact<string?>.Of(null),
            Tls = Fact<TlsFacts?>.Of(null),
            SchemaVersion = Fact<string>.Of("7.0.0"),
            ActiveSchemaVersion = Fact<string?>.Of(null),
        };

    /// <summary>TLS files as they should be.</summary>
    public static TlsFacts Tls { get; } =
        new(
            [
                new TlsFile("ovn_nb_db_privkey", "/etc/openvswitch/ovnnb-privkey.pem", FileFinding.Readable),
                new TlsFile("ovn_nb_db_cert", "/etc/openvswitch/ovnnb-cert.pem", FileFinding.Readable),
                new TlsFile("ovn_nb_db_cacert", "/etc/openvswitch/cacert.pem", FileFinding.Readable),
            ],
            new CertificateFacts("/etc/openvswitch/ovnnb-cert.pem", Now + TimeSpan.FromDays(300), "AB", [Vip]) { Authorities = ["CA"] },
            new CertificateFacts("/etc/openvswitch/cacert.pem", Now + TimeSpan.FromDays(300), null, null)
            {
                Authorities = ["old CA", "CA"],
            },
            "AB"
        );
}
