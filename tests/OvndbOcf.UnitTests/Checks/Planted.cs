using System.Net;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Ctl.Checks.Gathering;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker.Configuration;
using OvndbOcf.Pacemaker.Status;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.UnitTests.Checks;

/// <summary>A cluster with one mistake.</summary>
/// <param name="Rule">The rule that has to find it.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Command">The command that mends it; null where a person has to decide.</param>
internal sealed record Mistake(string Rule, CheckedCluster Cluster, string? Command);

/// <summary>Mistakes in the cluster of <see cref="Example"/>, one or more for each rule.</summary>
internal static class Planted
{
    private const string Recolocate =
        "pcs constraint delete colocation && pcs constraint colocation add ovn-vip with Promoted ovndb-clone score=INFINITY";
    private const string Reorder = "pcs constraint delete order && pcs constraint order promote ovndb-clone then start ovn-vip";

    public static IReadOnlyDictionary<string, Mistake> All { get; } =
        new Dictionary<string, Mistake>
        {
            ["alone"] = new(
                "not-promotable",
                WithDatabase(Example.Database with { Container = null }),
                "pcs resource promotable ovndb meta notify=true promoted-max=1"
            ),
            ["clone not promotable"] = new(
                "not-promotable",
                WithClone(("promotable", null)),
                "pcs resource meta ovndb-clone promotable=true"
            ),
            ["bundle without promoted"] = new(
                "not-promotable",
                WithDatabase(
                    Example.Database with
                    {
                        Container = new ResourceContainer("dbs", ContainerKind.Bundle, Pairs(("clone-max", "3"))),
                    }
                ),
                "pcs resource bundle update dbs container promoted-max=1"
            ),
            ["no notify"] = new("notify-missing", WithClone(("notify", null)), "pcs resource meta ovndb-clone notify=true"),
            ["notify off"] = new("notify-missing", WithClone(("notify", "false")), "pcs resource meta ovndb-clone notify=true"),
            ["two promoted"] = new("promoted-max", WithClone(("promoted-max", "2")), "pcs resource meta ovndb-clone promoted-max=1"),
            ["two promoted by the old name"] = new(
                "promoted-max",
                WithClone(("promoted-max", null), ("master-max", "2")),
                "pcs resource meta ovndb-clone promoted-max=1 master-max="
            ),
            ["two promoted on a node"] = new(
                "promoted-node-max",
                WithClone(("promoted-node-max", "2")),
                "pcs resource meta ovndb-clone promoted-node-max=1"
            ),
            ["two on a node"] = new("clone-node-max", WithClone(("clone-node-max", "2")), "pcs resource meta ovndb-clone clone-node-max=1"),
            ["no backup"] = new("no-backup", WithClone(("clone-max", "1")), "pcs resource meta ovndb-clone clone-max="),
            ["fewer than nodes"] = new("clone-max", WithClone(("clone-max", "2")), "pcs resource meta ovndb-clone clone-max="),
            ["a clone waits"] = new(
                "interleave",
                WithConfiguration(configuration =>
                    configuration with
                    {
                        Primitives =
                        [
                            .. configuration.Primitives,
                            Example.Fence with
                            {
                                Id = "web",
                                Container = new ResourceContainer("web-clone", ContainerKind.Clone, Pairs()),
                            },
                        ],
                        Orders =
                        [
                            Example.Order,
                            new OrderConstraint(
                                "web-order",
                                new ConstraintEnd("ovndb-clone", "start"),
                                new ConstraintEnd("web-clone", "start"),
                                "Mandatory"
                            ),
                        ],
                    }
                ),
                "pcs resource meta ovndb-clone interleave=true"
            ),
            ["one failure bans"] = new(
                "migration-threshold",
                WithMeta(("migration-threshold", "1")),
                "pcs resource meta ovndb migration-threshold="
            ),
            ["one failure bans by default"] = new(
                "migration-threshold",
                WithConfiguration(configuration => configuration with { ResourceDefaults = Pairs(("migration-threshold", "1")) }),
                "pcs resource meta ovndb migration-threshold=INFINITY"
            ),
            ["failures stay"] = new("failure-timeout", WithMeta(("failure-timeout", null)), "pcs resource meta ovndb failure-timeout=30s"),
            ["failures stay by zero"] = new(
                "failure-timeout",
                WithMeta(("failure-timeout", "0s")),
                "pcs resource meta ovndb failure-timeout=30s"
            ),
            ["disabled"] = new("resource-disabled", WithClone(("target-role", "Stopped")), "pcs resource enable ovndb-clone"),
            ["not to be promoted"] = new("resource-disabled", WithMeta(("target-role", "Slave")), "pcs resource meta ovndb target-role="),
            ["unmanaged"] = new("resource-unmanaged", WithClone(("is-managed", "false")), "pcs resource manage ovndb-clone"),
            ["the same directories"] = new(
                "shared-with-other-resource",
                Example.Cluster with
                {
                    Others = [CheckedResources.Read(Example.Database with { Id = "ovndb2" })],
                },
                null
            ),
            ["no monitor of the promoted"] = new(
                "monitor-promoted-missing",
                WithoutMonitor("Promoted"),
                "pcs resource op add ovndb monitor interval=1s timeout=20s role=Promoted"
            ),
            ["monitor switched off"] = new(
                "monitor-promoted-missing",
                WithMonitor("Promoted", Example.Operation("monitor", "1s", "20s", "Promoted", ("enabled", "false"))),
                "pcs resource op add ovndb monitor interval=1s timeout=20s role=Promoted"
            ),
            ["no monitor of backups"] = new(
                "monitor-unpromoted-missing",
                WithoutMonitor("Unpromoted"),
                "pcs resource op add ovndb monitor interval=3s timeout=20s role=Unpromoted"
            ),
            ["same interval"] = new(
                "monitor-same-interval",
                WithMonitor("Unpromoted", Example.Operation("monitor", "1", "20s", "Unpromoted")),
                "pcs resource op delete ovndb-monitor-interval-1 && pcs resource op add ovndb monitor interval=3s timeout=20s role=Unpromoted"
            ),
            ["no role"] = new(
                "monitor-without-role",
                WithMonitor("Unpromoted", Example.Operation("monitor", "10s", "20s")),
                "pcs resource op delete ovndb-monitor-interval-10s && pcs resource op add ovndb monitor interval=3s timeout=20s role=Unpromoted"
            ),
            ["long interval"] = new(
                "monitor-interval",
                WithMonitor("Promoted", Example.Operation("monitor", "15s", "20s", "Master")),
                "pcs resource op delete ovndb-monitor-interval-15s && pcs resource op add ovndb monitor interval=1s timeout=20s role=Promoted"
            ),
            ["failures ignored"] = new(
                "monitor-on-fail",
                WithMonitor("Promoted", Example.Operation("monitor", "1s", "20s", "Promoted", ("on-fail", "ignore"))),
                "pcs resource op delete ovndb-monitor-interval-1s && pcs resource op add ovndb monitor interval=1s timeout=20s role=Promoted"
            ),
            ["short start"] = new(
                "timeout-short",
                WithOperation("start", Example.Operation("start", "0s", "10s")),
                "pcs resource op delete ovndb-start-interval-0s && pcs resource op add ovndb start interval=0s timeout=30s"
            ),
            ["no start"] = new("timeout-short", WithOperation("start", null), "pcs resource op add ovndb start interval=0s timeout=30s"),
            ["short monitor"] = new(
                "timeout-short",
                WithMonitor("Promoted", Example.Operation("monitor", "1s", "5s", "Promoted")),
                "pcs resource op delete ovndb-monitor-interval-1s && pcs resource op add ovndb monitor interval=1s timeout=20s role=Promoted"
            ),
            ["large file"] = new(
                "timeout-for-file",
                WithNorthbound(database => database with { FileLength = Fact<long?>.Of(400L << 20) }),
                "pcs resource op delete ovndb-start-interval-0s && pcs resource op add ovndb start interval=0s timeout=50s"
            ),
            ["address without monitor"] = new(
                "address-monitor-missing",
                WithAddress(Example.Address with { Operations = [] }),
                "pcs resource op add ovn-vip monitor interval=10s timeout=20s"
            ),
            ["no colocation"] = new(
                "colocation-missing",
                WithColocation(),
                "pcs constraint colocation add ovn-vip with Promoted ovndb-clone score=INFINITY"
            ),
            ["anti-colocation"] = new(
                "colocation-missing",
                WithColocation(Example.Colocation with { Score = -Score.Infinity }),
                "pcs constraint colocation add ovn-vip with Promoted ovndb-clone score=INFINITY"
            ),
            ["any role"] = new(
                "colocation-role",
                WithColocation(Example.Colocation with { Primary = new ConstraintEnd("ovndb-clone", "Started") }),
                Recolocate
            ),
            ["weak"] = new("colocation-weak", WithColocation(Example.Colocation with { Score = 100 }), Recolocate),
            ["address first"] = new(
                "colocation-address-first",
                WithColocation(
                    Example.Colocation with
                    {
                        Dependent = new ConstraintEnd("ovndb-clone", "Promoted"),
                        Primary = new ConstraintEnd("ovn-vip", null),
                    }
                ),
                Recolocate
            ),
            ["no order"] = new("order-missing", WithOrder(), "pcs constraint order promote ovndb-clone then start ovn-vip"),
            ["order of starts"] = new(
                "order-action",
                WithOrder(Example.Order with { First = new ConstraintEnd("ovndb-clone", "start") }),
                Reorder
            ),
            ["optional order"] = new("order-kind", WithOrder(Example.Order with { Kind = "Optional" }), Reorder),
            ["address before promotion"] = new(
                "order-address-first",
                WithOrder(
                    Example.Order with
                    {
                        First = new ConstraintEnd("ovn-vip", "start"),
                        Then = new ConstraintEnd("ovndb-clone", "promote"),
                    }
                ),
                Reorder
            ),
            ["address before databases"] = new(
                "order-address-first",
                WithOrder(
                    Example.Order with
                    {
                        First = new ConstraintEnd("ovn-vip", "start"),
                        Then = new ConstraintEnd("ovndb-clone", "start"),
                    }
                ),
                Reorder
            ),
            ["left-over ban"] = new(
                "location-ban",
                WithLocation(new("cli-ban-ovndb-clone-on-node1", "ovndb-clone", "Promoted", "node1", -Score.Infinity)),
                "pcs constraint delete cli-ban-ovndb-clone-on-node1"
            ),
            ["left-over move of the address"] = new(
                "location-ban",
                WithLocation(new("cli-prefer-ovn-vip", "ovn-vip", null, "node1", Score.Infinity)),
                "pcs constraint delete cli-prefer-ovn-vip"
            ),
            ["nowhere allowed"] = new(
                "symmetric-cluster",
                WithProperties(("symmetric-cluster", "false")),
                "pcs constraint location ovndb-clone prefers node1=0 node2=0 node3=0"
            ),
            ["no address"] = new(
                "address-missing",
                WithConfiguration(configuration =>
                    configuration with
                    {
                        Primitives = [Example.Fence, Example.Database],
                        Colocations = [],
                        Orders = [],
                    }
                ),
                "pcs resource create ovndb-vip ocf:heartbeat:IPaddr2 ip=10.0.0.9 cidr_netmask=24 op monitor interval=10s timeout=20s"
                    + " && pcs constraint colocation add ovndb-vip with Promoted ovndb-clone score=INFINITY"
                    + " && pcs constraint order promote ovndb-clone then start ovndb-vip"
            ),
            ["another address"] = new(
                "address-differs",
                WithAddress(Example.Address with { Parameters = Pairs(("ip", "10.0.0.8")) }),
                "pcs resource update ovndb master_ip=10.0.0.8"
            ),
            ["a node's address by Corosync"] = new(
                "address-of-node",
                WithNode(node =>
                    node with
                    {
                        Corosync = Fact<CorosyncFacts>.Of(
                            Example.Corosync with
                            {
                                Nodes = [new CorosyncNode("node2", IPAddress.Parse(Example.Vip))],
                            }
                        ),
                    }
                ),
                null
            ),
            ["this node's address"] = new(
                "address-of-node",
                WithNode(node =>
                    node with
                    {
                        Addresses = Fact<NodeAddresses>.Of(
                            Example.Addresses with
                            {
                                Addresses = [new InterfaceAddress(IPAddress.Parse(Example.Vip), 24, 2, false)],
                                Floating = new HashSet<IPAddress>(),
                            }
                        ),
                    }
                ),
                null
            ),
            ["no address in the network"] = new(
                "replication-address",
                WithParameters(("replication_network", "10.1.0.0/24")),
                "pcs resource update ovndb replication_network=10.0.0.0/24"
            ),
            ["outside of the networks"] = new(
                "replication-network",
                WithParameters(("master_ip", "10.9.9.9")),
                "pcs resource update ovndb replication_network=10.0.0.0/24"
            ),
            ["Pacemaker is down"] = new("cluster-down", Example.Cluster with { IsLive = false }, "pcs cluster start"),
            ["no fencing"] = new("fencing-disabled", WithProperties(("stonith-enabled", "false")), "pcs property set stonith-enabled=true"),
            ["no device"] = new(
                "fencing-no-device",
                WithConfiguration(configuration => configuration with { Primitives = [Example.Database, Example.Address] }),
                null
            ),
            ["device down"] = new(
                "fence-device-down",
                WithInstances([.. Example.State.Instances.Where(instance => instance.Resource != "power")]),
                "pcs stonith cleanup power"
            ),
            ["no quorum needed"] = new(
                "quorum-ignored",
                WithProperties(("no-quorum-policy", "ignore")),
                "pcs property set no-quorum-policy="
            ),
            ["two nodes"] = new("two-node", WithTwoNodes(isTwoNode: false, waitsForAll: false), null),
            ["two nodes that do not wait"] = new(
                "wait-for-all",
                WithTwoNodes(isTwoNode: true, waitsForAll: false),
                "pcs cluster stop --all && pcs quorum update wait_for_all=1 && pcs cluster start --all"
            ),
            ["maintenance"] = new(
                "maintenance-mode",
                WithProperties(("maintenance-mode", "true")),
                "pcs property set maintenance-mode=false"
            ),
            ["all stopped"] = new(
                "stop-all-resources",
                WithProperties(("stop-all-resources", "true")),
                "pcs property set stop-all-resources=false"
            ),
            ["low threshold"] = new("load-threshold", WithProperties(("load-threshold", "20%")), "pcs property set load-threshold="),
            ["high load"] = new("load-threshold", WithNode(node => node with { Load = Fact<double>.Of(3) }), null),
            ["nobody promoted"] = new("nobody-promoted", WithInstances(new InstanceState("ovndb", "node1", "Unpromoted")), "ovndbctl why"),
            ["address nowhere"] = new(
                "address-nobody",
                WithInstances(new InstanceState("ovndb", "node1", "Promoted")),
                "pcs resource cleanup ovn-vip"
            ),
            ["address twice"] = new(
                "address-twice",
                WithInstances([.. Example.State.Instances, new InstanceState("ovn-vip", "node2", "Started")]),
                "pcs resource restart ovn-vip"
            ),
            ["address elsewhere"] = new(
                "address-elsewhere",
                WithInstances(new InstanceState("ovndb", "node1", "Promoted"), new InstanceState("ovn-vip", "node2", "Started")),
                "pcs resource cleanup ovn-vip"
            ),
            ["failed for good"] = new(
                "failures",
                WithState(state =>
                    state with
                    {
                        FailCounts = [new FailCount("ovndb", "node2", Score.Infinity), new FailCount("ovndb", "node3", 1)],
                    }
                ),
                "pcs resource cleanup ovndb node=node2"
            ),
            ["standby"] = new(
                "node-standby",
                WithNodeState(new NodeState("node2", true, true, false, "3.20.0")),
                "pcs node unstandby node2"
            ),
            ["node in maintenance"] = new(
                "node-standby",
                WithNodeState(new NodeState("node2", true, false, true, "3.20.0")),
                "pcs node unmaintenance node2"
            ),
            ["node away"] = new("node-offline", WithNodeState(new NodeState("node2", false, false, false)), null),
            ["half an upgrade"] = new("pacemaker-versions", WithNodeState(new NodeState("node2", true, false, false, "3.16.2")), null),
            ["no port"] = new("parameter-wrong", WithParameters(("nb_master_port", "x")), "pcs resource update ovndb nb_master_port="),
            ["no address of clients"] = new("parameter-wrong", WithParameters(("master_ip", "node1")), null),
            ["misspelled"] = new(
                "parameter-unknown",
                WithParameters(("manage_nortd", "yes")),
                "pcs resource update ovndb manage_nortd= --force"
            ),
            ["override left on"] = new(
                "outdated-copies",
                WithParameters(("outdated_copies", "allow")),
                "pcs resource update ovndb outdated_copies=refuse"
            ),
            ["clients are not probed"] = new(
                "client-probe",
                WithParameters(("inactive_probe_interval", "0")),
                "pcs resource update ovndb inactive_probe_interval=5000"
            ),
            ["the active is not probed"] = new(
                "active-probe",
                WithParameters(("inactive_probe_interval_to_master", "0")),
                "pcs resource update ovndb inactive_probe_interval_to_master=60000"
            ),
            ["few files"] = new(
                "max-open-files",
                WithParameters(("max_open_files", "1024")),
                "pcs resource update ovndb max_open_files=65536"
            ),
            ["few files by the machine"] = new(
                "max-open-files",
                WithNorthbound(database => database with { OpenFiles = Fact<long?>.Of(4096) }),
                null
            ),
            ["nothing set aside"] = new(
                "set-aside-count",
                WithParameters(("set_aside_count", "0")),
                "pcs resource update ovndb set_aside_count=5"
            ),
            ["by master_ip"] = new(
                "replicate-from",
                WithParameters(("replicate_from", "master_ip")),
                "pcs resource update ovndb replicate_from=node"
            ),
            ["no key"] = new(
                "tls-file-missing",
                WithTls(tls => tls with { Files = [tls.Files[0] with { Finding = FileFinding.Missing }, .. tls.Files.Skip(1)] }),
                null
            ),
            ["a key for others"] = new(
                "tls-file-unreadable",
                WithTls(tls => tls with { Files = [tls.Files[0] with { Finding = FileFinding.Forbidden }, .. tls.Files.Skip(1)] }),
                "ls -lL /etc/openvswitch/ovnnb-privkey.pem"
            ),
            ["another key"] = new("tls-key-mismatch", WithTls(tls => tls with { PrivateKey = "CD" }), null),
            ["no certificate"] = new("tls-key-mismatch", WithTls(tls => tls with { Certificate = null }), null),
            ["another authority"] = new(
                "tls-issuer",
                WithTls(tls => tls with { Certificate = tls.Certificate! with { Authorities = ["new CA"] } }),
                null
            ),
            ["expired"] = new("tls-expired", WithTls(tls => tls with { Certificate = tls.Certificate! with { Ends = Example.Now } }), null),
            ["expires"] = new(
                "tls-expires",
                WithTls(tls => tls with { CaCertificate = tls.CaCertificate! with { Ends = Example.Now + TimeSpan.FromDays(30) } }),
                null
            ),
            ["another name"] = new(
                "tls-name",
                WithTls(tls => tls with { Certificate = tls.Certificate! with { Names = ["db.example"] } }),
                null
            ),
            ["clustered"] = new(
                "raft-file",
                WithNorthbound(database => database with { IsClustered = Fact<bool>.Of(true) }),
                "ovsdb-tool cluster-to-standalone /var/lib/ovn/ovnnb_db.db.new /var/lib/ovn/ovnnb_db.db"
                    + " && mv /var/lib/ovn/ovnnb_db.db /var/lib/ovn/ovnnb_db.db.raft && mv /var/lib/ovn/ovnnb_db.db.new /var/lib/ovn/ovnnb_db.db"
            ),
            ["full disk"] = new("disk-full", WithDisk(free: 1000, length: 1 << 20), null),
            ["little room"] = new("disk-room", WithDisk(free: 200 << 20, length: 100 << 20), null),
            ["history"] = new(
                "file-history",
                WithNorthbound(database => database with { History = Fact<FileHistory?>.Of(new FileHistory(200 << 20, 1 << 20, 1000)) }),
                "ovs-appctl -t /var/run/ovn/ovnnb_db.ctl ovsdb-server/compact"
            ),
            ["northd elsewhere"] = new(
                "northd-db-params",
                WithNode(node => node with { NorthdElsewhere = Fact<string?>.Of("--ovnnb-db=tcp:10.0.0.1:6641") }),
                "mv /etc/ovn/ovn-northd-db-params.conf /etc/ovn/ovn-northd-db-params.conf.unused"
            ),
            ["no agent"] = new("agent-missing", WithAgent(InstalledAgent.Missing), null),
            ["link to nothing"] = new("agent-missing", WithAgent(InstalledAgent.DanglingLink), null),
            ["another agent"] = new("agent-other", WithAgent(InstalledAgent.Other), null),
            ["another version"] = new("agent-version", WithAgent(InstalledAgent.OtherVersion), null),
            ["nodes with different versions"] = new(
                "agent-versions",
                Example.Cluster with
                {
                    AgentVersions = Example.Versions(("node1", "0.1.0"), ("node2", "0.2.0"), ("node3", "0.1.0")),
                },
                null
            ),
            ["services beside Pacemaker"] = new(
                "services-enabled",
                WithNode(node =>
                    node with
                    {
                        EnabledServices = Fact<IReadOnlyList<string>>.Of(["ovn-central.service", "ovn-northd.service"]),
                    }
                ),
                "systemctl disable --now ovn-central.service ovn-northd.service"
            ),
            ["another schema"] = new(
                "schema-versions",
                WithNorthbound(database => database with { ActiveSchemaVersion = Fact<string?>.Of("7.11.0") }),
                null
            ),
            ["row on all addresses"] = new(
                "connection-all-addresses",
                WithNorthbound(database =>
                    database with
                    {
                        Connections = Fact<IReadOnlyList<ConnectionRow>>.Of([new ConnectionRow(Guid.Empty, "ptcp:6641:0.0.0.0", null)]),
                    }
                ),
                "ovn-nbctl --no-leader-only --db=tcp:10.0.0.9:6641 remove NB_Global . connections 00000000-0000-0000-0000-000000000000"
            ),
            ["role over TCP"] = new(
                "role-without-tls",
                WithNorthbound(database =>
                    database with
                    {
                        Connections = Fact<IReadOnlyList<ConnectionRow>>.Of([
                            new ConnectionRow(Guid.Empty, "ptcp:6641:10.0.0.9", null, HasRole: true),
                        ]),
                    }
                ),
                "ovn-nbctl --no-leader-only --db=unix:/var/run/ovn/ovnnb_db.sock set Connection 00000000-0000-0000-0000-000000000000 'role=\"\"'"
            ),
            ["taken port"] = new(
                "port-held",
                WithNorthbound(database =>
                    database with
                    {
                        PortHolder = Fact<string?>.Of("process 7 (python3), which listens on 0.0.0.0:6641"),
                    }
                ),
                "ss -ltnp 'sport = :6641'"
            ),
            ["nobody listens"] = new(
                "not-listening",
                WithNorthbound(database => database with { Listeners = Fact<IReadOnlyList<PortListener>>.Of([]) }),
                "ovs-appctl -t /var/run/ovn/ovnnb_db.ctl ovsdb-server/list-remotes"
            ),
            ["closed port"] = new("peer-unreachable", WithPeer("node2", Reach.TimedOut), null),
            ["no clients"] = new(
                "address-unreachable",
                WithNode(node =>
                    node with
                    {
                        ClientPorts = Fact<IReadOnlyList<PeerPort>>.Of([
                            new PeerPort(null, new IPEndPoint(IPAddress.Parse(Example.Vip), 6641), Reach.Refused),
                        ]),
                    }
                ),
                null
            ),
        };

    public static Dictionary<string, string> Pairs(params (string Name, string Value)[] pairs) =>
        pairs.ToDictionary(pair => pair.Name, pair => pair.Value);

    private static CheckedCluster WithConfiguration(Func<ClusterConfiguration, ClusterConfiguration> change) =>
        Example.Cluster with
        {
            Configuration = change(Example.Configuration),
        };

    private static CheckedCluster WithDatabase(PrimitiveResource database) =>
        Example.Cluster with
        {
            Configuration = Example.Configuration with { Primitives = [Example.Fence, database, Example.Address] },
            Resource = CheckedResources.Read(database),
        };

    private static CheckedCluster WithAddress(PrimitiveResource address) =>
        WithConfiguration(configuration => configuration with { Primitives = [Example.Fence, Example.Database, address] });

    private static CheckedCluster WithParameters(params (string Name, string Value)[] more) =>
        WithDatabase(Example.Database with { Parameters = Example.Parameters(more) });

    private static CheckedCluster WithClone(params (string Name, string? Value)[] changes) =>
        WithDatabase(Example.Database with { Container = Example.Clone with { Meta = Changed(Example.Clone.Meta, changes) } });

    private static CheckedCluster WithMeta(params (string Name, string? Value)[] changes) =>
        WithDatabase(Example.Database with { Meta = Changed(Example.Database.Meta, changes) });

    private static Dictionary<string, string> Changed(IReadOnlyDictionary<string, string> pairs, (string Name, string? Value)[] changes)
    {
        var changed = new Dictionary<string, string>(pairs);
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                changed.Remove(name);
            }
            else
            {
                changed[name] = value;
            }
        }

        return changed;
    }

    private static CheckedCluster WithoutMonitor(string role) =>
        WithDatabase(Example.Database with { Operations = [.. Example.Operations.Where(operation => operation.Role != role)] });

    private static CheckedCluster WithMonitor(string role, ResourceOperation monitor) =>
        WithDatabase(Example.Database with { Operations = [.. Example.Operations.Where(operation => operation.Role != role), monitor] });

    private static CheckedCluster WithOperation(string name, ResourceOperation? operation) =>
        WithDatabase(
            Example.Database with
            {
                Operations = [.. Example.Operations.Where(other => other.Name != name), .. new[] { operation }.OfType<ResourceOperation>()],
            }
        );

    private static CheckedCluster WithColocation(params ColocationConstraint[] colocations) =>
        WithConfiguration(configuration => configuration with { Colocations = colocations });

    private static CheckedCluster WithOrder(params OrderConstraint[] orders) =>
        WithConfiguration(configuration => configuration with { Orders = orders });

    private static CheckedCluster WithLocation(LocationConstraint location) =>
        WithConfiguration(configuration => configuration with { Locations = [location] });

    private static CheckedCluster WithProperties(params (string Name, string? Value)[] changes) =>
        WithConfiguration(configuration => configuration with { Properties = Changed(configuration.Properties, changes) });

    private static CheckedCluster WithTwoNodes(bool isTwoNode, bool waitsForAll) =>
        WithConfiguration(configuration => configuration with { Nodes = ["node1", "node2"] }) with
        {
            Node = Example.Node with
            {
                Corosync = Fact<CorosyncFacts>.Of(Example.Corosync with { IsTwoNode = isTwoNode, WaitsForAll = waitsForAll }),
            },
        };

    private static CheckedCluster WithState(Func<ClusterState, ClusterState> change) =>
        Example.Cluster with
        {
            State = Fact<ClusterState>.Of(change(Example.State)),
        };

    private static CheckedCluster WithInstances(params InstanceState[] instances) =>
        WithState(state => state with { Instances = instances });

    private static CheckedCluster WithNodeState(NodeState node) =>
        WithState(state => state with { Nodes = [.. state.Nodes.Where(other => other.Name != node.Name), node] });

    private static CheckedCluster WithNode(Func<NodeFacts, NodeFacts> change) => Example.Cluster with { Node = change(Example.Node) };

    private static CheckedCluster WithAgent(InstalledAgent agent) => WithNode(node => node with { Agent = Fact<InstalledAgent>.Of(agent) });

    private static CheckedCluster WithNorthbound(Func<DatabaseFacts, DatabaseFacts> change) =>
        WithNode(node => node with { Databases = [change(node.Databases[0]), node.Databases[1]] });

    private static CheckedCluster WithTls(Func<TlsFacts, TlsFacts> change) =>
        WithNorthbound(database => database with { Tls = Fact<TlsFacts?>.Of(change(Example.Tls)) });

    private static CheckedCluster WithDisk(long free, long length) =>
        WithNode(node => node with { Disk = Fact<DatabaseDisk>.Of(new DatabaseDisk("/var/lib/ovn", new DiskSpace(free, false), length)) });

    private static CheckedCluster WithPeer(string name, Reach reach) =>
        WithNode(node =>
            node with
            {
                Peers = Fact<IReadOnlyList<PeerPort>>.Of([new PeerPort(name, new IPEndPoint(Example.Peer, 6641), reach)]),
            }
        );
}
