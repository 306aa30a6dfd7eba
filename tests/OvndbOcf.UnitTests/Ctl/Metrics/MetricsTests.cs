using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Metrics;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Pacemaker.Status;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl.Metrics;

/// <summary>What <c>ovndbctl metrics</c> prints.</summary>
public sealed class MetricsTests
{
    private static string Text(params ClusterFacts[]? facts) =>
        MetricsText.Render(
            MetricsBuilder.Build(
                new Findings(
                    CtlSamples.Healthy.Time,
                    TimeSpan.FromMilliseconds(125),
                    "1.2.3",
                    facts is null ? null : [.. facts.Select(ResourceFindings.Of)]
                )
            )
        );

    // The samples of a metric, without its name.
    private static string[] Of(string name, params ClusterFacts[]? facts) =>
        [
            .. Text(facts)
                .Split('\n')
                .Where(line =>
                    line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal)
                )
                .Select(line => line[name.Length..].Trim()),
        ];

    [Fact]
    public void A_healthy_cluster() =>
        Assert.Equal(
            """
            # HELP ovndb_build_info The version of ovndbctl.
            # TYPE ovndb_build_info gauge
            ovndb_build_info{version="1.2.3"} 1
            # HELP ovndb_collected_timestamp_seconds When the values were found out.
            # TYPE ovndb_collected_timestamp_seconds gauge
            ovndb_collected_timestamp_seconds 1795763100
            # HELP ovndb_collection_duration_seconds How long that took.
            # TYPE ovndb_collection_duration_seconds gauge
            ovndb_collection_duration_seconds 0.125
            # HELP ovndb_source_readable Whether a source could be read; where not, the samples that come from it are missing.
            # TYPE ovndb_source_readable gauge
            ovndb_source_readable{resource="ovndb",source="configuration"} 1
            ovndb_source_readable{resource="ovndb",source="status"} 1
            ovndb_source_readable{resource="ovndb",source="attributes"} 1
            ovndb_source_readable{resource="ovndb",source="servers"} 1
            ovndb_source_readable{resource="ovndb",source="databases"} 1
            ovndb_source_readable{resource="ovndb",source="files"} 1
            # HELP ovndb_resources How many resources of the agent the cluster has.
            # TYPE ovndb_resources gauge
            ovndb_resources 1
            # HELP ovndb_pacemaker_up Whether Pacemaker answers on this node.
            # TYPE ovndb_pacemaker_up gauge
            ovndb_pacemaker_up 1
            # HELP ovndb_cluster_quorate Whether this node's partition has quorum.
            # TYPE ovndb_cluster_quorate gauge
            ovndb_cluster_quorate 1
            # HELP ovndb_cluster_maintenance_mode Whether Pacemaker leaves all resources alone.
            # TYPE ovndb_cluster_maintenance_mode gauge
            ovndb_cluster_maintenance_mode 0
            # HELP ovndb_node_online Whether a node takes part in the cluster and runs resources.
            # TYPE ovndb_node_online gauge
            ovndb_node_online{node="node1"} 1
            ovndb_node_online{node="node2"} 1
            ovndb_node_online{node="node3"} 1
            # HELP ovndb_instance_running Whether Pacemaker runs an instance on a node.
            # TYPE ovndb_instance_running gauge
            ovndb_instance_running{resource="ovndb",node="node1"} 1
            ovndb_instance_running{resource="ovndb",node="node2"} 1
            ovndb_instance_running{resource="ovndb",node="node3"} 1
            # HELP ovndb_instance_promoted Whether Pacemaker has promoted the instance on a node.
            # TYPE ovndb_instance_promoted gauge
            ovndb_instance_promoted{resource="ovndb",node="node1"} 1
            ovndb_instance_promoted{resource="ovndb",node="node2"} 0
            ovndb_instance_promoted{resource="ovndb",node="node3"} 0
            # HELP ovndb_promotion_score The promotion score on a node; below 0 it must not be promoted, -1000000 is -INFINITY.
            # TYPE ovndb_promotion_score gauge
            ovndb_promotion_score{resource="ovndb",node="node1"} 10
            ovndb_promotion_score{resource="ovndb",node="node2"} 5
            ovndb_promotion_score{resource="ovndb",node="node3"} 5
            # HELP ovndb_failed_actions Failed actions on a node that Pacemaker remembers.
            # TYPE ovndb_failed_actions gauge
            ovndb_failed_actions{resource="ovndb",node="node1"} 0
            ovndb_failed_actions{resource="ovndb",node="node2"} 0
            ovndb_failed_actions{resource="ovndb",node="node3"} 0
            # HELP ovndb_promotion_number The number of the latest promotion.
            # TYPE ovndb_promotion_number gauge
            ovndb_promotion_number{resource="ovndb"} 4
            # HELP ovndb_promotion_timestamp_seconds When it was, or when it ended as planned.
            # TYPE ovndb_promotion_timestamp_seconds gauge
            ovndb_promotion_timestamp_seconds{resource="ovndb"} 1795762800
            # HELP ovndb_promotion_complete Whether the promoted copy provably had every row of the promotion before.
            # TYPE ovndb_promotion_complete gauge
            ovndb_promotion_complete{resource="ovndb"} 0
            # HELP ovndb_move_constraints Constraints that a move of the resource by a person left behind.
            # TYPE ovndb_move_constraints gauge
            ovndb_move_constraints{resource="ovndb"} 0
            # HELP ovndb_problems How many problems ovndbctl list tells.
            # TYPE ovndb_problems gauge
            ovndb_problems{resource="ovndb",severity="note"} 0
            ovndb_problems{resource="ovndb",severity="warning"} 0
            ovndb_problems{resource="ovndb",severity="critical"} 0
            # HELP ovndb_up Whether the server of a database answers on this node.
            # TYPE ovndb_up gauge
            ovndb_up{resource="ovndb",database="northbound"} 1
            ovndb_up{resource="ovndb",database="southbound"} 1
            # HELP ovndb_active Whether the server of a database on this node takes writes.
            # TYPE ovndb_active gauge
            ovndb_active{resource="ovndb",database="northbound"} 1
            ovndb_active{resource="ovndb",database="southbound"} 1
            # HELP ovndb_copy_promotion_number The number of the promotion whose data the copy on this node holds.
            # TYPE ovndb_copy_promotion_number gauge
            ovndb_copy_promotion_number{resource="ovndb",database="northbound"} 4
            ovndb_copy_promotion_number{resource="ovndb",database="southbound"} 4
            # HELP ovndb_schema_info The schema of a database on this node.
            # TYPE ovndb_schema_info gauge
            ovndb_schema_info{resource="ovndb",database="northbound",version="7.3.0"} 1
            ovndb_schema_info{resource="ovndb",database="southbound",version="20.33.0"} 1
            # HELP ovndb_file_bytes The size of a database's file on this node.
            # TYPE ovndb_file_bytes gauge
            ovndb_file_bytes{resource="ovndb",database="northbound"} 18432
            ovndb_file_bytes{resource="ovndb",database="southbound"} 1048576
            # HELP ovndb_set_aside_files Files of a database that are set aside on this node, as they may hold rows that no other copy has.
            # TYPE ovndb_set_aside_files gauge
            ovndb_set_aside_files{resource="ovndb",database="northbound"} 0
            ovndb_set_aside_files{resource="ovndb",database="southbound"} 0
            # HELP ovndb_northd_running Whether ovn-northd runs on this node and works for these databases.
            # TYPE ovndb_northd_running gauge
            ovndb_northd_running{resource="ovndb"} 1
            # HELP ovndb_address_held Whether this node has the address that clients connect to.
            # TYPE ovndb_address_held gauge
            ovndb_address_held{resource="ovndb"} 1
            # EOF

            """,
            Text(CtlSamples.Healthy)
        );

    [Fact]
    public void Without_a_configuration_only_that_is_told() =>
        Assert.Equal(
            [
                "ovndb_build_info{version=\"1.2.3\"} 1",
                "ovndb_collected_timestamp_seconds 1795763100",
                "ovndb_collection_duration_seconds 0.125",
                "ovndb_source_readable{source=\"configuration\"} 0",
                "ovndb_pacemaker_up 0",
            ],
            Text(null).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
        );

    [Fact]
    public void A_cluster_without_the_resource_has_none_of_its_metrics()
    {
        Assert.Equal(["0"], Of("ovndb_resources", []));
        Assert.Empty(Of("ovndb_source_readable", []));
        Assert.Empty(Of("ovndb_pacemaker_up", []));
    }

    [Fact]
    public void What_comes_from_a_source_that_cannot_be_read_is_left_out()
    {
        var healthy = CtlSamples.Healthy;
        (string Source, ClusterFacts Without, string[] Missing)[] table =
        [
            ("configuration", healthy with { IsLive = false }, []),
            ("status", healthy with { Status = null }, ["ovndb_failed_actions", "ovndb_node_online"]),
            ("attributes", healthy with { Published = null }, []),
            ("servers", With(healthy, ServerState.Busy), ["ovndb_up", "ovndb_active", "ovndb_replicating"]),
            (
                "databases",
                healthy with
                {
                    Local = healthy.Local! with { Copies = new CopyPair(DatabaseCopy.Unreadable, DatabaseCopy.Unreadable) },
                },
                ["ovndb_copy_promotion_number", "ovndb_schema_info"]
            ),
            (
                "files",
                healthy with
                {
                    Local = healthy.Local! with
                    {
                        NorthboundFiles = new FileFacts(null, null),
                        SouthboundFiles = new FileFacts(null, null),
                    },
                },
                ["ovndb_file_bytes", "ovndb_set_aside_files"]
            ),
        ];
        Assert.Equal(table.Select(row => row.Source), Sources.Of(healthy).Select(source => source.Name));
        foreach (var (source, without, missing) in table)
        {
            Assert.Equal([source], Sources.Of(without).Where(one => !one.IsReadable).Select(one => one.Name));
            Assert.All(missing, name => Assert.Empty(Of(name, without)));
        }

        Assert.Equal(["0"], Of("ovndb_pacemaker_up", healthy with { IsLive = false }));
        Assert.Equal(["0"], Of("ovndb_pacemaker_up", healthy with { Status = null }));
    }

    [Fact]
    public void A_machine_that_is_no_node_has_nothing_of_its_own()
    {
        var elsewhere = CtlSamples.Healthy with { LocalNode = null, Local = null };
        Assert.Equal(
            ["servers", "databases", "files"],
            Sources.Of(elsewhere).Where(source => !source.IsReadable).Select(source => source.Name)
        );
        foreach (var name in (string[])["ovndb_up", "ovndb_file_bytes", "ovndb_northd_running", "ovndb_address_held"])
        {
            Assert.Empty(Of(name, elsewhere));
        }

        Assert.Equal(3, Of("ovndb_promotion_score", elsewhere).Length);
    }

    // Up, active, replicating of the Northbound server; a dash for no sample.
    [Theory]
    [InlineData(ServerState.NotRunning, "0", "0", "-")]
    [InlineData(ServerState.Active, "1", "1", "-")]
    [InlineData(ServerState.Replicating, "1", "0", "1")]
    [InlineData(ServerState.Disconnected, "1", "0", "0")]
    [InlineData(ServerState.ReplicationFailed, "1", "0", "0")]
    [InlineData(ServerState.Busy, "-", "-", "-")]
    [InlineData(ServerState.Hung, "0", "-", "-")]
    [InlineData(ServerState.Unclear, "-", "-", "-")]
    public void Each_state_of_a_server(ServerState state, string up, string active, string replicating)
    {
        var facts = With(CtlSamples.Healthy, state);
        Assert.Equal((up, active, replicating), (Northbound("ovndb_up"), Northbound("ovndb_active"), Northbound("ovndb_replicating")));

        string Northbound(string name) =>
            Of(name, facts).FirstOrDefault(sample => sample.Contains("northbound", StringComparison.Ordinal))?[^1..] ?? "-";
    }

    [Theory]
    [InlineData(InstanceRole.Unknown, "-", "-")]
    [InlineData(InstanceRole.Stopped, "0", "0")]
    [InlineData(InstanceRole.Changing, "-", "-")]
    [InlineData(InstanceRole.Unpromoted, "1", "0")]
    [InlineData(InstanceRole.Promoted, "1", "1")]
    internal void Each_role_of_an_instance(InstanceRole role, string running, string promoted)
    {
        var healthy = CtlSamples.Healthy;
        var facts = healthy with { Status = healthy.Status! with { Instances = [CtlSamples.Instance("ovndb", "node3", role)] } };
        Assert.Equal((running, promoted), (Node3("ovndb_instance_running"), Node3("ovndb_instance_promoted")));

        string Node3(string name) =>
            Of(name, facts).FirstOrDefault(sample => sample.Contains("node3", StringComparison.Ordinal))?[^1..] ?? "-";
    }

    [Fact]
    public void Northd_runs_only_where_it_does_its_work()
    {
        var healthy = CtlSamples.Healthy;
        foreach (var state in Enum.GetValues<NorthdState>())
        {
            string[] expected = state switch
            {
                NorthdState.NotManaged => [],
                NorthdState.Running => ["{resource=\"ovndb\"} 1"],
                _ => ["{resource=\"ovndb\"} 0"],
            };
            Assert.Equal(expected, Of("ovndb_northd_running", healthy with { Local = healthy.Local! with { Northd = state } }));
        }
    }

    [Fact]
    public void An_address_that_no_resource_moves_is_not_looked_for_on_nodes()
    {
        var healthy = CtlSamples.Healthy;
        Assert.Equal(
            ["{resource=\"ovndb\"} 0"],
            Of("ovndb_address_held", healthy with { Local = healthy.Local! with { HasAddress = false } })
        );
        Assert.Empty(Of("ovndb_address_held", healthy with { Cib = healthy.Cib with { Addresses = new Dictionary<string, string>() } }));
    }

    [Fact]
    public void Failures_moves_and_forbidden_promotions_are_counted()
    {
        var healthy = CtlSamples.Healthy;
        var facts = healthy with
        {
            Cib = Cib.Read(
                CtlSamples.Cib(
                    "10 -INFINITY -",
                    constraints: """<rsc_location id="cli-ban-ovndb-clone-on-node2" rsc="ovndb-clone" node="node2" score="-INFINITY"/>"""
                )
            )!,
            Status = healthy.Status! with
            {
                Failures =
                [
                    new FailedAction("ovndb", "node3", "monitor", "NB is hung"),
                    new FailedAction("ovn-vip", "node3", "start", "no interface"),
                ],
            },
        };
        Assert.Equal(
            ["{resource=\"ovndb\",node=\"node1\"} 10", "{resource=\"ovndb\",node=\"node2\"} -1000000"],
            Of("ovndb_promotion_score", facts)
        );
        Assert.Equal("{resource=\"ovndb\",node=\"node3\"} 1", Of("ovndb_failed_actions", facts)[2]);
        Assert.Equal(["{resource=\"ovndb\"} 1"], Of("ovndb_move_constraints", facts));
        Assert.Equal("{resource=\"ovndb\",severity=\"warning\"} 4", Of("ovndb_problems", facts)[1]);
    }

    [Fact]
    public void When_a_file_was_set_aside_is_told_where_there_is_one()
    {
        var healthy = CtlSamples.Healthy;
        Assert.Empty(Of("ovndb_set_aside_timestamp_seconds", healthy));
        Assert.Equal(
            ["{resource=\"ovndb\",database=\"southbound\"} 1795763100"],
            Of(
                "ovndb_set_aside_timestamp_seconds",
                healthy with
                {
                    Local = healthy.Local! with { SouthboundFiles = new FileFacts(1, 5, healthy.Time) },
                }
            )
        );
    }

    [Fact]
    public void Several_resources_are_told_by_their_label_and_the_cluster_once()
    {
        var healthy = CtlSamples.Healthy;
        var other = healthy with { Resource = healthy.Resource with { Id = "ovndb2", CloneId = "ovndb2-clone" } };
        Assert.Equal(["2"], Of("ovndb_resources", healthy, other));
        Assert.Equal(["1"], Of("ovndb_pacemaker_up", healthy, other));
        Assert.Equal(3, Of("ovndb_node_online", healthy, other).Length);
        Assert.Equal(
            2,
            Of("ovndb_up", healthy, other).Count(sample => sample.StartsWith("{resource=\"ovndb2\"", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void No_sample_is_told_twice_and_names_and_labels_are_of_the_usual_kind()
    {
        var samples = Text(CtlSamples.Healthy, CtlSamples.Healthy with { Resource = CtlSamples.Healthy.Resource with { Id = "other" } })
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .ToList();
        Assert.Equal(samples.Count, samples.Select(line => line[..line.LastIndexOf(' ')]).Distinct().Count());
        Assert.All(samples, line => Assert.Matches("""^ovndb_[a-z_]+(\{([a-z]+="[^"\\]*",?)+\})? -?[0-9.]+$""", line));
    }

    [Fact]
    public void What_text_formats_do_not_allow_in_a_label_is_escaped() =>
        Assert.Equal(
            "# HELP a b\\\\c\n# TYPE a gauge\na{n=\"x\\\\y\\\"z\\n\"} 0.5\n# EOF\n",
            MetricsText.Render([
                new MetricFamily("a", "b\\c", [new Sample([new Label("n", "x\\y\"z\n")], 0.5)]),
                new MetricFamily("none", "", []),
            ])
        );

    private static ClusterFacts With(ClusterFacts facts, ServerState state) =>
        facts with
        {
            Local = facts.Local! with { Servers = new ServerPair(CtlSamples.Server(state), CtlSamples.Server(state)) },
        };
}
