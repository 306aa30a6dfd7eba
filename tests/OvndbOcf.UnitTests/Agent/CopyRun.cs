using OvndbOcf.Servers;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

/// <summary>Runs the executable beside two servers that answer, in a cluster with a record of promotions.</summary>
internal sealed class CopyRun : IAsyncDisposable
{
    public const string Id = "3f2c1d60-0000-4000-8000-000000000007";
    public const string Promotion7 = $"7 {Id} ctl-2 2026-11-23T18:00:00Z open";

    /// <summary>The record of that promotion as it is kept.</summary>
    public const string Record7 = Promotion7 + " nb=7.3.0 sb=7.3.0";

    private static readonly string Version = $" agent={AgentDescription.Version}";

    private readonly List<FakeServer> _servers = [];

    public AgentRun Agent { get; } = new AgentRun().WithMeta("interval", "10000").WithMeta("role", "Unpromoted");

    /// <summary>What both servers say they are.</summary>
    public string Status { get; set; } = "state: backup\nconnecting: tcp:192.0.2.254:6641\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The call that sets this instance's score.</summary>
    public static string ScoreSet(int score) => $"attrd_updater|--name|master-ovndb|--update={score}|--node|ctl-1";

    /// <summary>The call that says that this instance must not be promoted.</summary>
    public static string ScoreForbidden => "attrd_updater|--name|master-ovndb|--update=-INFINITY|--node|ctl-1";

    /// <summary>The call that has all attributes written to the CIB again.</summary>
    public static string Rewritten => "attrd_updater|--refresh";

    /// <summary>The call that publishes what this instance's copies are.</summary>
    public static string Published(string text) => $"attrd_updater|--name|copy-ovndb|--update|{text}{Version}|--node|ctl-1|--private";

    /// <summary>The call that tells people of the copies.</summary>
    public static string Told(string text) => $"attrd_updater|--name|ovndb-copy|--update-both|{text}|--node|ctl-1|--delay|5s";

    /// <summary>The call that asks for an attribute on all nodes.</summary>
    public static string Asked(string attribute) => $"attrd_updater|--name|{attribute}|--query|--all";

    /// <summary>Both servers answer on their control sockets, and on their database sockets as holding that marker; null for new databases.</summary>
    public CopyRun WithServers(string? marker)
    {
        foreach (var name in (string[])["ovnnb_db", "ovnsb_db"])
        {
            _servers.Add(FakeDatabase.Holding(Agent.Folder[name + ".sock"], marker, Stop));
        }

        return WithUnreadableServers();
    }

    /// <summary>Both servers answer on their control sockets alone.</summary>
    public CopyRun WithUnreadableServers()
    {
        foreach (var name in (string[])["ovnnb_db", "ovnsb_db"])
        {
            _servers.Add(FakeDatabase.Controlled(Agent.Folder[name + ".ctl"], () => Status, Stop));
        }

        return this;
    }

    /// <summary>The cluster answers with that record of promotions, that last active node, and that promotion score of this node if it is not empty.</summary>
    public CopyRun WithRecord(string record, string lastActive = "ctl-2", string score = "", string past = "")
    {
        var history =
            past.Length == 0
                ? ""
                : $"<nvpair id=\"ovn_ovsdb_master_server-ovndb-history-ovndb\" name=\"ovndb-history-ovndb\" value=\"{past}\"/>";
        var scheduled = score.Length == 0 ? "" : $"<nvpair id=\"status-1-master-ovndb\" name=\"master-ovndb\" value=\"{score}\"/>";
        Agent.Folder.RecordingScript(
            "cibadmin",
            $"""
            [ "$1" = --query ] || exit 0
            cat <<'END'
            <xpath-query>
            <node id="1" uname="ctl-1"/>
            <cluster_property_set id="ovn_ovsdb_master_server">
              <nvpair id="ovn_ovsdb_master_server-OVN_REPL_INFO" name="OVN_REPL_INFO" value="{lastActive}"/>
              <nvpair id="ovn_ovsdb_master_server-ovndb-promotion-ovndb" name="ovndb-promotion-ovndb" value="{record}"/>
              {history}
            </cluster_property_set>
            {scheduled}
            </xpath-query>
            END
            """
        );
        return this;
    }

    /// <summary>The cluster answers with that value of an attribute of this node.</summary>
    public CopyRun WithAttribute(string name, string value)
    {
        Agent.Folder.RecordingScript(
            "attrd_updater",
            $"""
            [ "$2 $3" != '{name} --query' ] || echo 'name="{name}" host="ctl-1" value="{value}"'
            """
        );
        return this;
    }

    /// <summary>The cluster answers with that as what this node's instance has published.</summary>
    public CopyRun WithPublished(string text) => WithAttribute("copy-ovndb", text + Version);

    /// <summary>The cluster remembers what is published, as that of this node.</summary>
    public CopyRun WithMemory()
    {
        Agent.Folder.RecordingScript(
            "attrd_updater",
            $"""
            [ "$2" = copy-ovndb ] || exit 0
            [ "$3" != --update ] || printf '%s' "$4" >'{Agent.Folder["facts"]}'
            [ "$3" != --query ] || echo "name=\"copy-ovndb\" host=\"ctl-1\" value=\"$(cat '{Agent.Folder["facts"]}')\""
            """
        );
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        Agent.Dispose();
    }
}
