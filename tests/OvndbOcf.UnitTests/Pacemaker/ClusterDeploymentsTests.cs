using OvndbOcf.Pacemaker;
using Xunit;

namespace OvndbOcf.UnitTests.Pacemaker;

public sealed class ClusterDeploymentsTests
{
    private const string Two = """
        <xpath-query>
          <primitive id="ovndb" class="ocf" type="ovndb-servers" provider="ovn">
            <meta_attributes id="m"><nvpair id="0" name="failure-timeout" value="30s"/></meta_attributes>
            <instance_attributes id="a"><nvpair id="1" name="master_ip" value="10.0.0.9"/><nvpair id="2" name="nb_master_port" value="6651"/></instance_attributes>
          </primitive>
          <primitive id="second" class="ocf" type="ovndb-servers" provider="ovn"/>
          <lrm_resource id="ovndb" type="ovndb-servers" class="ocf" provider="ovn">
            <lrm_rsc_op id="ovndb_last_0" operation="{0}" rc-code="{1}"/>
          </lrm_resource>
          <lrm_resource id="second:1" type="ovndb-servers" class="ocf" provider="ovn">
            <lrm_rsc_op id="second_last_0" operation="monitor" rc-code="7"/>
          </lrm_resource>
        </xpath-query>
        """;

    [Theory]
    [InlineData("start", "0", true)]
    [InlineData("stop", "0", true)]
    [InlineData("start", "6", true)]
    [InlineData("monitor", "0", true)]
    [InlineData("monitor", "8", true)]
    [InlineData("monitor", "1", true)]
    [InlineData("monitor", "7", false)]
    [InlineData("monitor", "5", false)]
    [InlineData("monitor", "193", false)]
    public void Resources_are_read_with_their_parameters_and_whether_they_have_run_here(string operation, string code, bool hasRun)
    {
        var found = ClusterDeployments.Parse(
            Two.Replace("{0}", operation, StringComparison.Ordinal).Replace("{1}", code, StringComparison.Ordinal)
        );
        Assert.Equal([("ovndb", hasRun), ("second", false)], found!.Select(deployment => (deployment.Id, deployment.HasRunHere)));
        Assert.Equal(new Dictionary<string, string> { ["master_ip"] = "10.0.0.9", ["nb_master_port"] = "6651" }, found![0].Parameters);
        Assert.Empty(found[1].Parameters);
    }

    [Fact]
    public void A_clones_instance_with_a_number_is_the_same_resource() =>
        Assert.True(
            Assert
                .Single(
                    ClusterDeployments.Parse(
                        "<x><primitive id=\"second\"/><lrm_resource id=\"second:1\"><lrm_rsc_op operation=\"start\" rc-code=\"0\"/></lrm_resource></x>"
                    )!
                )
                .HasRunHere
        );

    [Fact]
    public void What_is_not_readable_is_unknown() => Assert.Null(ClusterDeployments.Parse("<xpath-query"));
}
