using OvndbOcf.Ctl.Cluster;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

public sealed class CibTests
{
    [Fact]
    public void The_resource_its_clone_its_parameters_and_its_address_are_found()
    {
        var cib = Cib.Read(CtlSamples.Cib())!;
        var resource = Assert.Single(cib.Resources);
        Assert.Equal(("ovndb", "ovndb-clone", "10.0.0.9"), (resource.Id, resource.CloneId, resource.Parameters["master_ip"]));
        Assert.Equal("ovn-vip", cib.Addresses["10.0.0.9"]);
    }

    [Fact]
    public void Nodes_come_in_the_order_of_their_names_with_their_attributes()
    {
        var cib = Cib.Read(CtlSamples.Cib("10 5 -INFINITY"))!;
        Assert.Equal(["node1", "node2", "node3"], cib.Nodes);
        Assert.Equal("-INFINITY", cib.Attribute("node3", "master-ovndb"));
        Assert.Null(cib.Attribute("node4", "master-ovndb"));
    }

    [Fact]
    public void What_moves_left_behind_is_told_from_other_constraints()
    {
        const string Constraints = """
            <rsc_location id="cli-ban-ovndb-clone-on-node1" rsc="ovndb-clone" role="Promoted" node="node1" score="-INFINITY"/>
            <rsc_location id="keep-off" rsc="ovndb-clone" node="node9" score="-INFINITY"/>
            """;
        var cib = Cib.Read(CtlSamples.Cib(constraints: Constraints))!;
        Assert.Equal(["cli-ban-ovndb-clone-on-node1"], cib.Moves["ovndb"]);
    }

    [Theory]
    [InlineData("Stopped", true)]
    [InlineData("stopped", true)]
    [InlineData("Slave", true)]
    [InlineData("Unpromoted", true)]
    [InlineData("Started", false)]
    [InlineData("Master", false)]
    public void A_resource_is_disabled_by_its_clone(string target, bool isDisabled) =>
        Assert.Equal(isDisabled, Cib.Read(CtlSamples.WithMeta("clone", "target-role", target))!.Disabled.ContainsKey("ovndb"));

    [Fact]
    public void One_that_has_no_target_is_not_disabled() => Assert.Empty(Cib.Read(CtlSamples.Cib())!.Disabled);

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("YES", true)]
    [InlineData("On", true)]
    [InlineData("y", true)]
    [InlineData("1", true)]
    [InlineData("False", false)]
    [InlineData("n", false)]
    [InlineData("what", false)]
    public void Maintenance_mode_is_read_in_each_spelling_that_Pacemaker_takes(string value, bool isOn) =>
        Assert.Equal(
            isOn,
            Cib.Read(
                CtlSamples
                    .Cib()
                    .Replace(
                        "name=\"maintenance-mode\" value=\"false\"",
                        $"name=\"maintenance-mode\" value=\"{value}\"",
                        StringComparison.Ordinal
                    )
            )!.IsInMaintenance
        );

    [Fact]
    public void A_resource_from_a_template_is_one_of_this_agent_and_a_remote_node_is_a_node()
    {
        var cib = Cib.Read(
            """
            <cib have-quorum="1"><configuration>
              <crm_config>
                <cluster_property_set id="other"><nvpair id="a" name="maintenance-mode" value="true"/></cluster_property_set>
                <cluster_property_set id="cib-bootstrap-options"><nvpair id="b" name="maintenance-mode" value="false"/></cluster_property_set>
              </crm_config>
              <nodes><node id="1" uname="node2"/><node id="far" type="remote" uname="far"/><node id="2" uname="node1"/></nodes>
              <resources>
                <template id="base" class="ocf" provider="ovn" type="ovndb-servers">
                  <instance_attributes id="c"><nvpair id="d" name="master_ip" value="10.0.0.9"/><nvpair id="e" name="nb_master_port" value="6641"/></instance_attributes>
                </template>
                <clone id="dbs"><primitive id="ovndb" template="base">
                  <instance_attributes id="f"><nvpair id="g" name="master_ip" value="10.0.0.7"/></instance_attributes>
                  <instance_attributes id="h" score="2"><nvpair id="i" name="master_ip" value="10.0.0.8"/></instance_attributes>
                </primitive></clone>
              </resources>
            </configuration></cib>
            """
        )!;
        var resource = Assert.Single(cib.Resources);
        Assert.Equal(("ovndb", "dbs"), (resource.Id, resource.CloneId));
        Assert.Equal(("10.0.0.8", "6641"), (resource.Parameters["master_ip"], resource.Parameters["nb_master_port"]));
        Assert.Equal(["far", "node1", "node2"], cib.Nodes);
        Assert.True(cib is { HasQuorum: true, IsInMaintenance: false });
    }

    [Fact]
    public void Remote_nodes_are_known_by_the_resources_that_make_them_and_where_they_run()
    {
        var cib = Cib.Read(
            """
            <cib><configuration>
              <nodes><node id="1" uname="node1"/><node id="far" type="remote" uname="far"/></nodes>
              <resources>
                <primitive id="far" class="ocf" provider="pacemaker" type="remote">
                  <instance_attributes id="a"><nvpair id="b" name="server" value="10.0.0.21"/></instance_attributes>
                </primitive>
                <primitive id="near" class="ocf" provider="pacemaker" type="remote"/>
                <primitive id="vm" class="ocf" provider="heartbeat" type="VirtualDomain">
                  <meta_attributes id="c"><nvpair id="d" name="remote-node" value="guest"/><nvpair id="e" name="remote-addr" value="Guest.example"/></meta_attributes>
                </primitive>
              </resources>
            </configuration></cib>
            """
        )!;
        Assert.Equal(["far", "guest", "near", "node1"], cib.Nodes);
        Assert.Equal("far", On("any", "10.0.0.21"));
        Assert.Equal("near", On("near", "10.0.0.22"));
        Assert.Equal("near", On("near.example", "10.0.0.22"));
        Assert.Equal("guest", On("guest.example", "10.0.0.22"));
        Assert.Equal("guest", On("guest", "10.0.0.22"));
        Assert.Equal(["far", "near", "vm"], cib.RemoteNodes.Select(node => node.Resource));
        Assert.Null(On("node1", "10.0.0.11"));

        string? On(string host, string address) =>
            cib.RemoteNodes.SingleOrDefault(node => node.IsOn(host, own => $"{own}" == address))?.Name;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no XML")]
    [InlineData("<cib/>")]
    [InlineData("<!DOCTYPE cib [<!ENTITY e 'x'>]><cib><configuration>&e;</configuration></cib>")]
    public void What_is_no_CIB_is_none(string? text) => Assert.Null(Cib.Read(text));
}
