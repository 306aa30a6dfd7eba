using System.Runtime.CompilerServices;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Ctl.Checks.Gathering;
using OvndbOcf.Ctl.Checks.Rules;
using OvndbOcf.Pacemaker.Configuration;
using Xunit;

namespace OvndbOcf.UnitTests.Checks;

/// <summary>What clusters of both releases answered, with virtual-ip.sh and a fence device for each node, which had nothing to fence by.</summary>
internal static class Recorded
{
    /// <summary>The answer of <c>cibadmin --query</c>.</summary>
    public static string Cib(string release) => File.ReadAllText(Path.Combine(Folder(), "Recorded", release + "-cib.txt"));

    /// <summary>The answer of crm_mon(8) at the same time.</summary>
    public static string Status(string release) => File.ReadAllText(Path.Combine(Folder(), "Recorded", release + "-crm_mon.txt"));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>The configuration and state of real clusters are read as they are.</summary>
public sealed class RecordedTests
{
    public static TheoryData<string> Releases => ["bookworm", "trixie"];

    [Theory]
    [MemberData(nameof(Releases))]
    public void The_resource_is_found_with_all_that_belongs_to_it(string release)
    {
        var configuration = CibReader.Parse(Recorded.Cib(release));
        Assert.NotNull(configuration);
        var database = Choose(configuration, null).Chosen?.Primitive;

        Assert.NotNull(database);
        Assert.Equal(("ovndb", "ovndb-clone", "ocf:ovn:ovndb-servers"), (database.Id, database.OuterId, database.Agent));
        Assert.Equal("yes", database.Parameters["manage_northd"]);
        Assert.Equal("30s", database.Meta["failure-timeout"]);
        Assert.Equal("true", database.Container?.Meta["notify"]);
        Assert.Contains(database.Operations, operation => operation is { Name: "monitor", Role: "Promoted", Interval.TotalSeconds: 1 });
        Assert.Contains(database.Operations, operation => operation is { Name: "monitor", Role: "Unpromoted", Interval.TotalSeconds: 3 });
        Assert.Equal(["node1", "node2", "node3"], configuration.Nodes.Order());
        Assert.Contains(
            configuration.Colocations,
            colocation => colocation is { Dependent.Id: "ovn-vip", Primary: { Id: "ovndb-clone", Role: "Promoted" }, Score: Score.Infinity }
        );
        Assert.Contains(
            configuration.Orders,
            order => order is { First: { Id: "ovndb-clone", Role: "promote" }, Then.Id: "ovn-vip", Kind: "Mandatory" }
        );
        Assert.Equal("true", configuration.Properties["stonith-enabled"]);
        Assert.Contains(configuration.Primitives, primitive => primitive.Agent == "stonith:fence_ovndb_node");
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void The_state_is_read(string release)
    {
        var state = ClusterState.Read(Recorded.Status(release));

        Assert.NotNull(state);
        Assert.Equal(["node1", "node2", "node3"], state.Nodes.Select(node => node.Name));
        Assert.All(state.Nodes, node => Assert.True(node is { IsOnline: true, IsStandby: false, IsInMaintenance: false }));
        var promoted = Assert.Single(state.PromotedNodesOf("ovndb"));
        Assert.Equal(3, state.NodesOf("ovndb").Count);
        Assert.Equal([promoted], state.NodesOf("ovn-vip"));
        Assert.DoesNotContain(state.FailCounts, failures => failures.Resource == "ovndb");
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void Nothing_is_found_in_them_but_the_devices(string release)
    {
        var configuration = CibReader.Parse(Recorded.Cib(release))!;
        var state = ClusterState.Read(Recorded.Status(release))!;
        var resource = Choose(configuration, "ovndb-clone").Chosen!;
        var cluster = new CheckedCluster(configuration, resource, [], Fact<ClusterState>.Of(state), Example.Node);

        var findings = RuleBook.Apply(cluster).Where(finding => finding.Severity > Severity.Hint).ToList();

        Assert.Equal(
            ["pcs stonith cleanup power-node1", "pcs stonith cleanup power-node2", "pcs stonith cleanup power-node3"],
            findings.Select(finding => finding.Command)
        );
        Assert.All(findings, finding => Assert.Equal("fence-device-down", finding.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<cib>")]
    [InlineData("<cib/>")]
    [InlineData("<!DOCTYPE cib [<!ENTITY a 'b'>]><cib><configuration/></cib>")]
    [InlineData("Could not connect to the cluster")]
    public void What_is_no_CIB_is_not_taken_for_one(string text)
    {
        Assert.Null(CibReader.Parse(text));
        Assert.Null(ClusterState.Read(text));
    }

    [Fact]
    public void An_instance_in_a_bundle_is_where_its_container_is()
    {
        var state = ClusterState.Read(
            """
            <pacemaker-result><nodes><node name="node1" online="true" type="member"/><node name="dbs-0" online="true" type="remote"/></nodes><resources><bundle id="dbs"><replica id="0">
              <resource id="ovndb" role="Promoted" active="true"><node name="dbs-0"/></resource>
              <resource id="dbs-podman-0" role="Started" active="true"><node name="node1"/></resource>
              <resource id="dbs-0" role="Started" active="true"><node name="node1"/></resource>
            </replica></bundle></resources></pacemaker-result>
            """
        );

        Assert.Equal(["node1"], state?.PromotedNodesOf("ovndb"));
        Assert.Equal(["node1"], state?.Nodes.Select(node => node.Name));
    }

    [Fact]
    public void Old_words_sets_templates_and_bundles_are_understood()
    {
        var configuration = CibReader.Parse(
            """
            <cib><configuration>
              <resources>
                <template id="base" class="ocf" provider="ovn" type="ovndb-servers">
                  <instance_attributes id="a"><nvpair id="b" name="master_ip" value="10.0.0.9"/></instance_attributes>
                </template>
                <master id="ms"><meta_attributes id="c"><nvpair id="d" name="master-max" value="2"/></meta_attributes><primitive id="old" template="base"/></master>
                <bundle id="dbs"><podman image="i" replicas="3" promoted-max="1"/><primitive id="boxed" class="ocf" provider="ovn" type="ovndb-servers"/></bundle>
                <group id="net"><primitive id="vip" class="ocf" provider="heartbeat" type="IPaddr2"/></group>
              </resources>
              <constraints>
                <rsc_colocation id="set" score="INFINITY"><resource_set id="s1" role="Started"><resource_ref id="net"/></resource_set><resource_set id="s2" role="Master"><resource_ref id="ms"/></resource_set></rsc_colocation>
                <rsc_order id="scored" first="ms" first-action="promote" then="net" score="0"/>
              </constraints>
            </configuration></cib>
            """
        );

        Assert.NotNull(configuration);
        var old = configuration.Primitives.Single(primitive => primitive.Id == "old");
        Assert.Equal(
            ("ocf:ovn:ovndb-servers", "10.0.0.9", "true"),
            (old.Agent, old.Parameters["master_ip"], old.Container?.Meta["promotable"])
        );
        var boxed = configuration.Primitives.Single(primitive => primitive.Id == "boxed");
        Assert.Equal(
            (ContainerKind.Bundle, "3", "1"),
            (boxed.Container?.Kind, boxed.Container?.Meta["clone-max"], boxed.Container?.Meta["promoted-max"])
        );
        Assert.Equal("net", configuration.Primitives.Single(primitive => primitive.Id == "vip").OuterId);
        Assert.Contains(
            configuration.Colocations,
            colocation => colocation is { IsSet: true, Dependent.Id: "net", Primary: { Id: "ms", Role: "Promoted" } }
        );
        Assert.Equal(("Optional", "promote"), (configuration.Orders[0].Kind, configuration.Orders[0].Then.Role));

        Assert.Contains("--resource", Choose(configuration, null).Problem, StringComparison.Ordinal);
        Assert.Equal("boxed", Choose(configuration, "dbs").Chosen?.Primitive.Id);
        Assert.StartsWith(
            "the cluster has no resource web of the agent ovndb-servers",
            Choose(configuration, "web").Problem,
            StringComparison.Ordinal
        );
        Assert.Equal(["old", "boxed"], CheckedResources.In(configuration).Select(resource => resource.Primitive.Id));
    }

    private static (CheckedResource? Chosen, string? Problem) Choose(ClusterConfiguration configuration, string? name) =>
        CheckedResources.Choose(CheckedResources.In(configuration), name);
}
