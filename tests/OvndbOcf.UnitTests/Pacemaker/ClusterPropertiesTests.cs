using OvndbOcf.Pacemaker;
using Xunit;

namespace OvndbOcf.UnitTests.Pacemaker;

public sealed class ClusterPropertiesTests
{
    [Fact]
    public void The_set_has_the_ids_of_crm_attribute() =>
        Assert.Equal(
            "<crm_config><cluster_property_set id=\"ovn_ovsdb_master_server\"><nvpair id=\"ovn_ovsdb_master_server-OVN_REPL_INFO\" name=\"OVN_REPL_INFO\" value=\"node1\"/>"
                + "</cluster_property_set></crm_config>",
            ClusterProperties.ToXml(new Dictionary<string, string> { ["OVN_REPL_INFO"] = "node1" })
        );

    [Theory]
    [InlineData("node1")]
    [InlineData("")]
    [InlineData(" two  words ")]
    [InlineData("a<b>&c'd\"e")]
    [InlineData("&lt;&amp;&#65;")]
    [InlineData("\"/></cluster_property_set><acl_role id=\"x\"/>")]
    [InlineData("]]>")]
    [InlineData("<!-- -->")]
    [InlineData("fünf \U0001F980")]
    public void Whatever_a_value_is_it_is_read_as_it_was_written(string value)
    {
        var written = new Dictionary<string, string> { ["a"] = value, ["b"] = "other" };
        Assert.Equal(written, ClusterProperties.Parse(ClusterProperties.ToXml(written)));
    }

    [Fact]
    public void A_name_cannot_lead_out_of_its_place_either()
    {
        var written = new Dictionary<string, string> { ["x\" value=\"y\"/><nvpair name=\"z"] = "1" };
        Assert.Equal(written, ClusterProperties.Parse(ClusterProperties.ToXml(written)));
    }

    [Fact]
    public void Pairs_are_read_however_the_document_is_laid_out() =>
        Assert.Equal(
            new Dictionary<string, string> { ["OVN_REPL_INFO"] = "node2", ["empty"] = "" },
            ClusterProperties.Parse(
                """
                <?xml version="1.0"?>
                <!-- a comment -->
                <xpath-query>
                  <cluster_property_set id='ovn_ovsdb_master_server'>
                    <nvpair value="node2" name="OVN_REPL_INFO" id="1"></nvpair>
                    <nvpair id="2" name="empty" value=""/>
                    <nvpair id="3" name="without-value"/>
                    <nvpair id="4" value="without name"/>
                    <other name="not" value="a pair"/>
                  </cluster_property_set>
                </xpath-query>
                """
            )
        );

    [Fact]
    public void A_set_without_pairs_is_empty() =>
        Assert.Empty(Assert.IsType<Dictionary<string, string>>(ClusterProperties.Parse("<cluster_property_set/>")));

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("Call cib_query failed (-6): No such device or address")]
    [InlineData("<cluster_property_set>")]
    [InlineData("<cluster_property_set><nvpair name=\"a\" value=\"1\"/>")]
    [InlineData("<cluster_property_set><nvpair name=\"a\" value=\"1\"/></cluster_property_set><more/>")]
    [InlineData("<cluster_property_set><nvpair name=\"a\" value=\"<\"/></cluster_property_set>")]
    [InlineData("<cluster_property_set/>\0")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x><nvpair name=\"a\" value=\"&e;\"/></x>")]
    [InlineData("<!DOCTYPE x><x/>")]
    public void What_is_no_such_document_is_not_read_in_part(string text) => Assert.Null(ClusterProperties.Parse(text));
}
