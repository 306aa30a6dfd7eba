using OvndbOcf.Ctl.Cluster;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

public sealed class CibReaderTests
{
    [Fact]
    public void The_resource_its_clone_its_parameters_and_its_address_are_found()
    {
        var cib = CibReader.Read(CtlSamples.Cib())!;
        var resource = Assert.Single(cib.Resources);
        Assert.Equal(("ovndb", "ovndb-clone", "10.0.0.9"), (resource.Id, resource.CloneId, resource.Parameters["master_ip"]));
        Assert.Equal("ovn-vip", cib.Addresses["10.0.0.9"]);
    }

    [Fact]
    public void Nodes_come_in_the_order_of_their_names_with_their_attributes()
    {
        var cib = CibReader.Read(CtlSamples.Cib("10 5 -INFINITY"))!;
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
        var cib = CibReader.Read(CtlSamples.Cib(constraints: Constraints))!;
        Assert.Equal(["cli-ban-ovndb-clone-on-node1"], cib.Moves["ovndb-clone"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no XML")]
    [InlineData("<cib/>")]
    [InlineData("<!DOCTYPE cib [<!ENTITY e 'x'>]><cib><configuration>&e;</configuration></cib>")]
    public void What_is_no_CIB_is_none(string? text) => Assert.Null(CibReader.Read(text));
}
