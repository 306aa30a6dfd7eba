using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Actions;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers.Actions;

/// <summary>
/// The node <c>ctl-1</c> with both databases in memory, in a cluster in memory: what actions run on. Files, such as what the agent remembers, are real. What is there stays from one action to the next.
/// </summary>
internal sealed class ActionStage : IDisposable
{
    public const string Me = "ctl-1";

    /// <summary>Another node's promotion, which this one's copies hold as its backups.</summary>
    public static readonly PromotionRecord Seven = Record(7, "ctl-2");

    private readonly StringWriter _messages = new();
    private readonly Dictionary<string, string?> _variables;
    private FakeCluster _cluster = new(new Journal());

    public ActionStage()
    {
        Directory.CreateDirectory(Folder["state"]);
        _variables = new Dictionary<string, string?>
        {
            ["HA_RSCTMP"] = Folder["state"],
            ["OCF_RESOURCE_INSTANCE"] = "ovndb:0",
            ["OCF_RESKEY_CRM_meta_on_node"] = Me,
            ["OCF_RESKEY_CRM_meta_timeout"] = "30000",
            ["OCF_RESKEY_crm_feature_set"] = "3.16.1",
            ["OCF_RESKEY_master_ip"] = "10.0.0.9",
            ["OCF_RESKEY_nb_master_port"] = "16641",
            ["OCF_RESKEY_sb_master_port"] = "16642",
            ["OCF_RESKEY_ovn_rundir"] = Folder.Path,
            ["OCF_RESKEY_ovn_dbdir"] = Folder.Path,
            ["OCF_RESKEY_ovn_sysconfdir"] = Folder.Path,
            ["OCF_RESKEY_ovn_ctl"] = "/bin/true",
            ["OCF_RESKEY_manage_northd"] = "yes",
            ["OCF_RESKEY_replication_network"] = Own is { } own ? $"{own}/32" : null,
        };
        foreach (var name in (string[])["ovnnb_db.db", "ovnsb_db.db"])
        {
            Folder.Write(name, "a database\n");
        }
    }

    /// <summary>An address of this machine's own; null if there is none but that of loopback.</summary>
    public static string? Own { get; } =
        InterfaceAddresses
            .Find()
            ?.FirstOrDefault(address =>
                !address.IsSecondary
                && address.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
                && !System.Net.IPAddress.IsLoopback(address.Address)
            )
            ?.Address.ToString();

    public TempFolder Folder { get; } = new();

    public DatabaseHere Northbound { get; } = new();

    public DatabaseHere Southbound { get; } = new();

    public IEnumerable<DatabaseHere> Databases => [Northbound, Southbound];

    public FakeCluster Cluster => _cluster;

    public TestClock Clock { get; private set; } = new();

    /// <summary>What the last action asked for.</summary>
    public Journal Journal { get; private set; } = new();

    public bool IsNorthdRunning { get; private set; }

    /// <summary>All messages so far.</summary>
    public string Messages => _messages.ToString();

    /// <summary>What is in the copies now.</summary>
    public CopyPair Copies => new(CopyOf(Northbound), CopyOf(Southbound));

    /// <summary>What the cluster knows now.</summary>
    public ClusterKnowledge Knowledge => new(true, Cluster.Record, Cluster.Record?.Marker.Node);

    /// <summary>This node's score; null if it has none.</summary>
    public int? Score => Cluster.Scores.TryGetValue(Me, out var score) ? score : null;

    public static PromotionRecord Record(long number, string node) =>
        new(
            new PromotionMarker(
                number,
                new Guid(new string('0', 31) + number),
                node,
                new DateTimeOffset(2026, 11, 23, 17, 0, 0, default),
                false
            )
        );

    /// <summary>Both servers are backups of another node's promotion, which is on record.</summary>
    public static ActionStage OfBackups()
    {
        var stage = new ActionStage();
        stage.Cluster.Record = Seven;
        stage.Cluster.Scores[Me] = PromotionScores.Backup;
        foreach (var database in stage.Databases)
        {
            (database.State, database.Source, database.Marker) = (ServerState.Replicating, "tcp:192.0.2.2:16641", Seven.Marker);
        }

        return stage;
    }

    /// <summary>This node was promoted by its own promote action, after that of another node.</summary>
    public static async Task<ActionStage> OfPromotedAsync()
    {
        var stage = OfBackups();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(actions => actions.PromoteAsync()));
        return stage;
    }

    /// <summary>Sets one of Pacemaker's meta variables.</summary>
    public ActionStage WithMeta(string name, string value)
    {
        _variables["OCF_RESKEY_CRM_meta_" + name] = value;
        return this;
    }

    public PromotionNote NoteOf(OvnDatabase database) => new(FileOf(database));

    public UnsavedNote UnsavedOf(OvnDatabase database) => new(FileOf(database));

    public string FileOf(OvnDatabase database) => Folder[database == OvnDatabase.Northbound ? "ovnnb_db.db" : "ovnsb_db.db"];

    /// <summary>Runs an action.</summary>
    /// <param name="action">Which one.</param>
    /// <param name="killedBefore">The call before which it is killed; null for none.</param>
    /// <param name="failing">Calls that fail.</param>
    public async Task<ActionResult> RunAsync(
        Func<OcfActions, Task<ActionResult>> action,
        string? killedBefore = null,
        params string[] failing
    )
    {
        Journal = new Journal { KilledBefore = killedBefore };
        Clock = new TestClock();
        foreach (var call in failing)
        {
            Journal.Fail(call);
        }

        _cluster = _cluster.For(Journal);
        var northd = new FakeNorthd(Journal) { IsRunning = IsNorthdRunning };
        var actions = new OcfActions(
            OcfEnvironment.From("ovndb-servers", _variables),
            new OcfLog(_messages, "ovndb-servers", "ovndb", debug: true),
            (parameters, topology, memory) => Borders(parameters, topology, memory, northd)
        );
        try
        {
            return await action(actions);
        }
        finally
        {
            IsNorthdRunning = northd.IsRunning;
        }
    }

    /// <summary>The calls that the action makes here, each of which it may be killed before.</summary>
    public static async Task<IReadOnlyList<string>> CallsOfAsync(
        Func<Task<ActionStage>> prepare,
        Func<OcfActions, Task<ActionResult>> action
    )
    {
        using var stage = await prepare();
        await stage.RunAsync(action);
        return [.. stage.Journal.Calls.Distinct()];
    }

    public void Dispose()
    {
        Folder.Dispose();
        _messages.Dispose();
    }

    private DatabaseCopy CopyOf(DatabaseHere database) =>
        new(true, database.Marker, HasContent: true, null, null)
        {
            LeftBehind = NoteOf(database == Northbound ? OvnDatabase.Northbound : OvnDatabase.Southbound).Read()?.LeftBehind,
        };

    private Borders Borders(AgentParameters parameters, ClusterTopology topology, ResourceMemory memory, FakeNorthd northd)
    {
        var northbound = new FakeDatabase(parameters, topology, parameters.Northbound, memory, Northbound, Journal);
        var southbound = new FakeDatabase(parameters, topology, parameters.Southbound, memory, Southbound, Journal);
        return new Borders(
            new BothServers(
                northbound,
                southbound,
                deadline =>
                {
                    Journal.Note("servers are looked at");
                    return new ServerPair(northbound.Observe(deadline), southbound.Observe(deadline));
                }
            ),
            northd,
            _cluster,
            _cluster,
            _cluster,
            _cluster,
            () => 0,
            argument => Journal.Note($"{argument} is left behind") ? null : "no more processes",
            (end, _) => Journal.Note($"{end} is tried"),
            Clock
        );
    }
}
