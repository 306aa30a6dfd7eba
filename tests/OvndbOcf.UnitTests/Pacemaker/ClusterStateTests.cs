using OvndbOcf.Pacemaker;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Pacemaker;

/// <summary>Properties, attributes and quorum, by the calls that are made and by what is made of the answers.</summary>
[Collection(OneAtATime.Name)]
public sealed class ClusterStateTests : IDisposable
{
    private const string Set = """
        <cluster_property_set id="ovn_ovsdb_master_server">
          <nvpair id="ovn_ovsdb_master_server-OVN_REPL_INFO" name="OVN_REPL_INFO" value="node1"/>
        </cluster_property_set>
        """;

    private const string ScorePath = "//node_state[@uname='ctl-1']/transient_attributes//nvpair[@name='master-ovndb']";

    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(10);

    private readonly TempFolder _folder = new();

    private PacemakerTools Tools => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 20000)]
    public async Task Properties_and_score_are_read_by_one_query()
    {
        _folder.RecordingScript("cibadmin", $"cat <<'END'\n{Set}\nEND");
        var read = await Tools.ReadConfigurationAsync("ovndb", "ctl-1", Ample);
        Assert.Equal(new Dictionary<string, string> { [PacemakerTools.ReplicationInfo] = "node1" }, read?.Properties);
        Assert.Null(read?.Score);
        Assert.Equal([$"cibadmin|--query|--xpath|{ClusterProperties.XPath} | {ScorePath}"], _folder.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("5", 5)]
    [InlineData("-INFINITY", -1_000_000)]
    [InlineData("-7", -7)]
    [InlineData("", null)]
    [InlineData("many", null)]
    public async Task The_score_is_told_from_the_properties(string value, int? score)
    {
        _folder.Script(
            "cibadmin",
            $"cat <<'END'\n<xpath-query>{Set}<nvpair id=\"s\" name=\"master-ovndb\" value=\"{value}\"/></xpath-query>\nEND"
        );
        var read = await Tools.ReadConfigurationAsync("ovndb", "ctl-1", Ample);
        Assert.Equal("node1", read?.Properties[PacemakerTools.ReplicationInfo]);
        Assert.Equal(score, read?.Score);
        Assert.Null((await Tools.ReadConfigurationAsync("other", "ctl-1", Ample))?.Score);
    }

    [Theory(Timeout = 20000)]
    [InlineData("ovn'db", "ctl-1")]
    [InlineData("ovndb", "ctl'1")]
    public async Task Names_that_cannot_stand_in_a_query_are_left_out_of_it(string resource, string node)
    {
        _folder.RecordingScript("cibadmin", $"cat <<'END'\n{Set}\nEND");
        Assert.Equal("node1", (await Tools.ReadConfigurationAsync(resource, node, Ample))?.Properties[PacemakerTools.ReplicationInfo]);
        Assert.Equal([$"cibadmin|--query|--xpath|{ClusterProperties.XPath}"], _folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task All_attributes_are_written_again_by_one_call()
    {
        _folder.RecordingScript("attrd_updater");
        Assert.True((await Tools.RewriteAttributesAsync(Ample)).Succeeded);
        Assert.Equal(["attrd_updater|--refresh"], _folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task Changes_are_counted_whether_they_succeed_or_not_and_questions_are_not()
    {
        var tools = Tools;
        _folder.Script("attrd_updater", "exit 1");
        await tools.ReadConfigurationAsync("r", "n", Ample);
        await tools.ReadScheduledScoreAsync("r", "n", Ample);
        await tools.ReadAttributeAsync("a", Ample);
        await tools.HasQuorumAsync(Ample);
        await tools.LocalNodeNameAsync(Ample);
        Assert.Equal(0, tools.Changes);
        await tools.SetPromotionScoreAsync("r", "n", 1, Ample);
        await tools.DeletePromotionScoreAsync("r", "n", Ample);
        await tools.RewriteAttributesAsync(Ample);
        await tools.WritePropertiesAsync(new Dictionary<string, string>(), Ample);
        await tools.SetAttributeAsync("a", "n", "v", isPrivate: true, Ample);
        await tools.DeleteAttributeAsync("a", "n", Ample);
        Assert.Equal(6, tools.Changes);
    }

    [Fact(Timeout = 20000)]
    public async Task A_set_that_is_not_there_is_empty()
    {
        _folder.Script("cibadmin", "echo 'Call cib_query failed (-6): No such device or address' >&2; exit 105");
        var read = await Tools.ReadConfigurationAsync("ovndb", "ctl-1", Ample);
        Assert.NotNull(read);
        Assert.Empty(read.Value.Properties);
        Assert.Null(read.Value.Score);
    }

    [Theory(Timeout = 20000)]
    [InlineData("exit 1")]
    [InlineData("exit 102")]
    [InlineData("exit 104")]
    [InlineData("exit 106")]
    [InlineData("echo '<cluster_property_set/>'; exit 124")]
    [InlineData("kill -9 $$")]
    [InlineData("exit 0")]
    [InlineData("echo 'Connection to the CIB manager terminated'")]
    [InlineData("echo '<cluster_property_set>'")]
    public async Task Anything_else_that_is_no_set_is_not_known(string answer)
    {
        _folder.Script("cibadmin", answer);
        Assert.Null(await Tools.ReadConfigurationAsync("ovndb", "ctl-1", Ample));
    }

    [Fact(Timeout = 20000)]
    public async Task Properties_are_written_all_at_once_and_others_stay()
    {
        _folder.RecordingScript("cibadmin");
        Assert.True((await Tools.WritePropertiesAsync(new Dictionary<string, string> { ["a"] = "1 2", ["b"] = "'3'" }, Ample)).Succeeded);
        Assert.Equal(
            [
                "cibadmin|--modify|--allow-create|--scope|configuration|--xml-text|<crm_config><cluster_property_set id=\"ovn_ovsdb_master_server\">"
                    + "<nvpair id=\"ovn_ovsdb_master_server-a\" name=\"a\" value=\"1 2\"/>"
                    + "<nvpair id=\"ovn_ovsdb_master_server-b\" name=\"b\" value=\"&apos;3&apos;\"/></cluster_property_set></crm_config>",
            ],
            _folder.Calls
        );
    }

    [Fact(Timeout = 20000)]
    public async Task Attributes_are_set_and_deleted_at_their_node()
    {
        _folder.RecordingScript("attrd_updater");
        Assert.True((await Tools.SetAttributeAsync("ovndb-copy", "ctl-1", "Current 1", isPrivate: false, Ample)).Succeeded);
        Assert.True((await Tools.SetAttributeAsync("claim", "ctl-1", "-x; \"$(id)\"", isPrivate: true, Ample)).Succeeded);
        Assert.True((await Tools.ShowAttributeAsync("ovndb-copy", "ctl-1", "active", Ample)).Succeeded);
        Assert.True((await Tools.DeleteAttributeAsync("ovndb-copy", "ctl-1", Ample)).Succeeded);
        Assert.Equal(
            [
                "attrd_updater|--name|ovndb-copy|--update|Current 1|--node|ctl-1",
                "attrd_updater|--name|claim|--update|-x; \"$(id)\"|--node|ctl-1|--private",
                "attrd_updater|--name|ovndb-copy|--update-both|active|--node|ctl-1|--delay|5s",
                "attrd_updater|--name|ovndb-copy|--delete|--node|ctl-1",
            ],
            _folder.Calls
        );
    }

    /// <summary>Old releases take the variable for the node that is meant, though they are asked for all.</summary>
    [Fact(Timeout = 20000)]
    public async Task The_node_of_the_action_is_not_passed_on()
    {
        Environment.SetEnvironmentVariable("OCF_RESKEY_CRM_meta_on_node", "node1");
        try
        {
            _folder.Script(
                "attrd_updater",
                "echo \"name=\\\"x\\\" host=\\\"node2\\\" value=\\\"[${OCF_RESKEY_CRM_meta_on_node-unset}]\\\"\""
            );
            Assert.Equal(new Dictionary<string, string> { ["node2"] = "[unset]" }, await Tools.ReadAttributeAsync("x", Ample));
        }
        finally
        {
            Environment.SetEnvironmentVariable("OCF_RESKEY_CRM_meta_on_node", null);
        }
    }

    [Fact(Timeout = 20000)]
    public async Task An_attribute_is_read_on_all_nodes_at_once()
    {
        _folder.RecordingScript(
            "attrd_updater",
            """
            echo 'name="ovndb-copy" host="node1" value="Promoted"'
            echo 'name="ovndb-copy" host="node2" value=""'
            """
        );
        Assert.Equal(new Dictionary<string, string> { ["node1"] = "Promoted" }, await Tools.ReadAttributeAsync("ovndb-copy", Ample));
        Assert.Equal(["attrd_updater|--name|ovndb-copy|--query|--all"], _folder.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("echo 'Could not query value of x: attribute does not exist' >&2; exit 105", true)]
    [InlineData("echo 'attrd_updater: Could not query value of x: attribute does not exist' >&2; exit 78", true)]
    [InlineData("echo 'Invalid configuration' >&2; exit 78", false)]
    [InlineData("exit 0", true)]
    [InlineData("echo 'name=\"x\" host=\"node1\" value=\"1\"'; exit 1", false)]
    [InlineData("echo 'Could not query value of x: Connection refused' >&2; exit 102", false)]
    [InlineData("kill -KILL $$", false)]
    public async Task No_node_has_an_attribute_only_if_the_cluster_says_so(string answer, bool isKnown)
    {
        _folder.Script("attrd_updater", answer);
        var read = await Tools.ReadAttributeAsync("x", Ample);
        Assert.Equal(isKnown, read is not null);
        Assert.Empty(read ?? new Dictionary<string, string>());
    }

    [Theory(Timeout = 20000)]
    [InlineData("echo 1", true)]
    [InlineData("echo 0", false)]
    [InlineData("echo 1; exit 102", null)]
    [InlineData("echo 11", null)]
    [InlineData("printf '0\\n1\\n'", null)]
    [InlineData("echo yes", null)]
    [InlineData("echo 1 >&2", null)]
    [InlineData("exit 0", null)]
    public async Task There_is_quorum_only_where_the_cluster_says_so(string answer, bool? hasQuorum)
    {
        _folder.RecordingScript("crm_node", answer);
        Assert.Equal(hasQuorum, await Tools.HasQuorumAsync(Ample));
        Assert.Equal(["crm_node|--quorum"], _folder.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("echo '<cib epoch=\"7\" have-quorum=\"1\" dc-uuid=\"2\"/>'", true)]
    [InlineData("echo '<cib epoch=\"7\" have-quorum=\"0\"/>'", false)]
    [InlineData("echo '<cib epoch=\"7\"/>'", null)]
    [InlineData("echo '<a><cib have-quorum=\"1\"/></a>'", null)]
    [InlineData("echo '<cib have-quorum=\"1\">'", null)]
    [InlineData("echo '<cib have-quorum=\"1\"/>'; exit 102", null)]
    public async Task Where_a_remote_node_has_no_crm_node_the_configuration_tells_the_quorum(string answer, bool? hasQuorum)
    {
        _folder.RecordingScript("cibadmin", answer);
        Assert.Equal(hasQuorum, await Tools.HasQuorumAsync(Ample));
        Assert.Equal(["cibadmin|--query|--no-children"], _folder.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("<node id=\"1\" uname=\"node1\"/>", "node1")]
    [InlineData(
        "<xpath-query><node id=\"1\" uname=\"node1\"/><node id=\"far\" type=\"remote\" uname=\"far\"/><primitive id=\"far\" class=\"ocf\" type=\"remote\"><operations><op id=\"far-monitor\" name=\"monitor\"/></operations></primitive>"
            + "<nvpair id=\"a\" name=\"remote-node\" value=\"guest\"/><nvpair id=\"b\" name=\"server\" value=\"10.0.0.1\"/></xpath-query>",
        "far guest node1"
    )]
    [InlineData("<xpath-query/>", null)]
    [InlineData("<xpath-query>", null)]
    [InlineData("", null)]
    public async Task All_nodes_are_members_and_remote_nodes_of_the_configuration(string answer, string? nodes)
    {
        _folder.RecordingScript("cibadmin", $"cat <<'END'\n{answer}\nEND");
        Assert.Equal(nodes, await Tools.NodeNamesAsync(Ample) is { } names ? string.Join(' ', names) : null);
        Assert.Equal([$"cibadmin|--query|--xpath|{ClusterNodes.XPath}"], _folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task Hundreds_of_remote_nodes_are_listed_whole()
    {
        var operations = string.Concat(
            Enumerable.Range(1, 12).Select(i => $"<op id=\"op-{i}\" name=\"monitor\" interval=\"{i}0s\" timeout=\"30s\"/>")
        );
        var nodes = Enumerable
            .Range(1, 300)
            .Select(i => $"<primitive id=\"far{i:000}\" class=\"ocf\" type=\"remote\">{operations}</primitive>");
        _folder.Write("answer", $"<xpath-query>{string.Concat(nodes)}</xpath-query>");
        _folder.RecordingScript("cibadmin", $"cat '{_folder["answer"]}'");
        Assert.Equal(300, (await Tools.NodeNamesAsync(Ample))!.Count);
    }

    [Theory(Timeout = 20000)]
    [InlineData("primitive[@id='ovndb']", "1")]
    [InlineData("*[primitive/@id='ovndb']", "1")]
    [InlineData("rsc_defaults", "1")]
    [InlineData("nothing", null)]
    public async Task The_threshold_of_failures_is_the_resources_its_clones_or_the_default(string place, string? threshold)
    {
        _folder.RecordingScript(
            "cibadmin",
            $"""
            case "$3" in *"//{place}"*) echo '<nvpair id="x" name="migration-threshold" value="1"/>' ;; *) exit 105 ;; esac
            """
        );
        Assert.Equal(threshold, await Tools.ReadMigrationThresholdAsync("ovndb", Ample));
    }
}
