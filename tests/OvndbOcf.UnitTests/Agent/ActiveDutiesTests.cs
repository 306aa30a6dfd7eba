using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

/// <summary>What the promoted instance does when a backup has stopped.</summary>
[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class ActiveDutiesTests : IAsyncDisposable
{
    private const string Quorum = "crm_node|--quorum";

    // Ends that no connection of this machine has.
    private static readonly LinkMemory Linked = new(LinkState.Linked, new LinkEnds("192.0.2.77:1", "192.0.2.77:2"));
    private static readonly string Mine = CopyRun.Record7.Replace("ctl-2", "ctl-1", StringComparison.Ordinal);
    private static readonly string Past = PastPromotion.Format(PastPromotion.With([], PromotionRecord.Parse(Mine)!));
    private static readonly string Written = WithPast(
        $"<nvpair id=\"ovn_ovsdb_master_server-ovndb-history-ovndb\" name=\"ovndb-history-ovndb\" value=\"{Past}\"/>"
    );

    private static string WithPast(string past) =>
        "cibadmin|--modify|--allow-create|--scope|configuration|--xml-text|<crm_config><cluster_property_set id=\"ovn_ovsdb_master_server\">"
        + "<nvpair id=\"ovn_ovsdb_master_server-OVN_REPL_INFO\" name=\"OVN_REPL_INFO\" value=\"ctl-1\"/>"
        + $"<nvpair id=\"ovn_ovsdb_master_server-ovndb-promotion-ovndb\" name=\"ovndb-promotion-ovndb\" value=\"{Mine} outdated=ctl-2\"/>{past}</cluster_property_set></crm_config>";

    private static readonly string MyFacts = CopyRun.Published($"Promoted promotion=7 id={CopyRun.Id} nb=- sb=- of={CopyRun.Id}");

    private static readonly string Told = CopyRun.Told("active, promotion 7");

    private readonly CopyRun _run = new CopyRun { Status = "state: active\n" }.WithUnreadableServers();

    private AgentRun Agent => _run.Agent;

    private LinkMemoryFile Memory => new(new StateFile(Agent.Folder.Path, "ovndb", "links"));

    private static Guid Promotion => Guid.Parse(CopyRun.Id);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact(Timeout = 20000)]
    public async Task A_backup_whose_connections_are_gone_is_outdated_on_record_and_loses_its_score()
    {
        var result = await NotifyAsync(quorum: "1");
        Assert.Equal((0, "", null), (result.Code, result.Output, result.Reason));
        Assert.Contains(": the backup on ctl-2 lost its connection", result.Error, StringComparison.Ordinal);
        Assert.Equal(
            [
                CopyRun.Asked("copy-ovndb"),
                MyFacts,
                AgentRun.ScoreDeleted.Replace("ctl-1", "ctl-2", StringComparison.Ordinal),
                CopyRun.ScoreSet(10),
                Told,
                Written,
                AgentRun.RecordRead,
                Quorum,
            ],
            Agent.Calls
        );
        Assert.Empty(Memory.Read(Promotion)!);
    }

    [Theory(Timeout = 20000)]
    [InlineData("6 00000006 ctl-2 2026-11-23T17:58:59Z - - -;", true)]
    [InlineData("damaged;", true)]
    [InlineData("", false)]
    public async Task The_promotions_of_the_past_are_written_with_the_record_where_they_change(string before, bool isNew)
    {
        _run.WithRecord(Mine, lastActive: "ctl-1", past: isNew ? before : Past);
        var result = await NotifyAsync(quorum: "1", withRecord: false);
        Assert.Equal((0, null), (result.Code, result.Reason));
        var kept = before.StartsWith('6') ? before : "";
        Assert.Contains(
            WithPast(
                isNew
                    ? $"<nvpair id=\"ovn_ovsdb_master_server-ovndb-history-ovndb\" name=\"ovndb-history-ovndb\" value=\"{kept}{Past}\"/>"
                    : ""
            ),
            Agent.Calls
        );
    }

    [Fact(Timeout = 20000)]
    public async Task Where_its_notes_are_gone_every_node_is_outdated_that_is_not_there()
    {
        var result = await NotifyAsync("1", nodes: ["ctl-1", "ctl-2"], areNotesThere: false);
        Assert.Equal((0, null), (result.Code, result.Reason));
        Assert.Contains(Written, Agent.Calls);
        Assert.Empty(Memory.Read(Promotion)!);
        Assert.Contains(
            "WARNING: promotion 7: no backup is connected from ctl-2, and a copy there may not be promoted",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(AgentRun.ScoreDeleted.Replace("ctl-1", "ctl-2", StringComparison.Ordinal), Agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task Where_its_notes_are_gone_and_the_nodes_are_not_known_nothing_changes()
    {
        var result = await NotifyAsync("1", areNotesThere: false);
        Assert.Equal(0, result.Code);
        Assert.Contains("the cluster's nodes cannot be listed", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Written, Agent.Calls);
        Assert.Null(Memory.Read(Promotion));
    }

    [Theory(Timeout = 20000)]
    [InlineData("state: backup\nconnecting: tcp:192.0.2.254:6641\n")]
    [InlineData("")]
    public async Task Where_an_active_server_has_just_died_its_lost_connections_outdate_nobody(string status)
    {
        _run.Status = status;
        var result = await NotifyAsync(quorum: "1");
        Assert.Equal(0, result.Code);
        Assert.Contains("a server here is no longer active", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Written, Agent.Calls);
        Assert.Equal(new Dictionary<string, LinkMemory> { ["ctl-2"] = Linked }, Memory.Read(Promotion));
    }

    [Theory(Timeout = 20000)]
    [InlineData("0")]
    [InlineData("")]
    public async Task Without_quorum_nobody_is_judged_and_nothing_is_forgotten(string quorum)
    {
        var result = await NotifyAsync(quorum);
        Assert.Equal(0, result.Code);
        Assert.Contains("no quorum", result.Error, StringComparison.Ordinal);
        Assert.Equal([CopyRun.Asked("copy-ovndb"), MyFacts, CopyRun.ScoreSet(10), Told, AgentRun.RecordRead, Quorum], Agent.Calls);
        Assert.Equal(new Dictionary<string, LinkMemory> { ["ctl-2"] = Linked }, Memory.Read(Promotion));
    }

    [Fact(Timeout = 20000)]
    public async Task Where_the_record_cannot_be_written_it_is_tried_again()
    {
        _run.WithRecord(Mine, lastActive: "ctl-1");
        Agent.Folder.RecordingScript("cibadmin", $"[ \"$1\" = --query ] || exit 1\n{await BodyAsync()}");
        var result = await NotifyAsync(quorum: "1", withRecord: false);
        Assert.Equal(0, result.Code);
        Assert.Contains("the cluster did not store the record of promotion 7", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Agent.Calls, call => call.Contains("--delete", StringComparison.Ordinal));
        Assert.Equal(new Dictionary<string, LinkMemory> { ["ctl-2"] = Linked }, Memory.Read(Promotion));
    }

    [Fact(Timeout = 20000)]
    public async Task A_promotion_that_is_not_its_own_is_not_its_business()
    {
        _run.WithRecord(CopyRun.Record7);
        var result = await NotifyAsync(quorum: "1", withRecord: false);
        Assert.Equal((0, "", null), (result.Code, result.Output, result.Reason));
        Assert.Equal([CopyRun.Asked("copy-ovndb"), CopyRun.ScoreSet(10), AgentRun.RecordRead], Agent.Calls);
    }

    private async Task<AgentResult> NotifyAsync(
        string quorum,
        bool withRecord = true,
        IReadOnlyList<string>? nodes = null,
        bool areNotesThere = true
    )
    {
        if (withRecord)
        {
            _run.WithRecord(Mine, lastActive: "ctl-1");
        }

        Agent.Folder.RecordingScript("crm_node", $"echo {quorum}");
        var listed = string.Concat((nodes ?? []).Select(node => $"<node id=\"{node}\" uname=\"{node}\"/>"));
        Agent.Folder.RecordingScript(
            "cibadmin",
            $"case \"$*\" in *//configuration/nodes/node*) {(nodes is null ? "exit 1" : $"exec echo '<xpath-query>{listed}</xpath-query>'")} ;; esac\n{await BodyAsync()}"
        );
        if (areNotesThere)
        {
            Memory.Write(Promotion, new Dictionary<string, LinkMemory> { ["ctl-2"] = Linked });
        }

        Agent
            .WithMeta("notify_type", "post")
            .WithMeta("notify_operation", "stop")
            .WithMeta("notify_promoted_uname", "ctl-1")
            .WithMeta("notify_stop_uname", "ctl-2");
        return await Agent.RunAsync("notify");
    }

    // What the script does after it has noted its call.
    private async Task<string> BodyAsync() =>
        string.Join('\n', (await File.ReadAllLinesAsync(Agent.Folder["cibadmin"], TestContext.Current.CancellationToken)).Skip(2));
}
