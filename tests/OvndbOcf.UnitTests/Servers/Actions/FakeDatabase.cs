using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.UnitTests.Servers.Actions;

/// <summary>What there is of one database on the node, whichever action looks at it: the server, and its file.</summary>
internal sealed class DatabaseHere
{
    public ServerState State { get; set; } = ServerState.NotRunning;

    public string? Source { get; set; }

    /// <summary>The active server's end of the connection by which it replicates; null if that is not to be seen.</summary>
    public IPEndPoint? SourceEnd { get; set; }

    public PromotionMarker? Marker { get; set; }

    public List<string> Remotes { get; } = [];

    /// <summary>What was written behind the closing marker, by a client that came at the wrong moment.</summary>
    public bool HasLateWrite { get; set; }

    /// <summary>Whether the server has taken writes since.</summary>
    public bool WasActive { get; set; }
}

/// <summary>A database's server in memory. Its file is real, and grows with each transaction.</summary>
internal sealed class FakeDatabase : IDatabaseServer, ICopyAccess, IClientConnections
{
    private readonly AgentParameters _parameters;
    private readonly DatabaseHere _here;
    private readonly Journal _journal;

    public FakeDatabase(
        AgentParameters parameters,
        ClusterTopology topology,
        DatabaseParameters database,
        ResourceMemory memory,
        DatabaseHere here,
        Journal journal
    )
    {
        _parameters = parameters;
        _here = here;
        _journal = journal;
        Database = database;
        Paths = ServerPaths.Of(parameters.Directories, database);
        Listeners = new Listeners(topology, this, memory.Listeners(database));
        Backups = new ReturningBackups(memory.CutOff(database), topology, database);
    }

    public DatabaseParameters Database { get; }

    public ServerPaths Paths { get; }

    public ICopyAccess Copy => this;

    public IClientConnections Connections => this;

    public Listeners Listeners { get; }

    public ReturningBackups Backups { get; }

    public bool IsAlive => _here.State != ServerState.NotRunning;

    public bool IsReadOnlyForBackups => false;

    private string File => Path.Combine(_parameters.Directories.Database!, $"ovn{Database.Prefix}_db.db");

    public ServerObservation Observe(Deadline deadline) =>
        new(_here.State, _here.Source, "seen")
        {
            Link =
                _here.State == ServerState.Replicating && _here.SourceEnd is { } end
                    ? new BackupLink(new IPEndPoint(IPAddress.Loopback, 40000), end)
                    : null,
        };

    public async Task<Outcome> StartBackupAsync(Func<Task<ActiveSchema>> active, Deadline deadline)
    {
        await active();
        return Do("starts", () => Become(ServerState.Disconnected, SourceOf(null)));
    }

    public Task<Outcome> PromoteAsync(Deadline deadline) =>
        Task.FromResult(
            Do(
                "becomes active",
                () =>
                {
                    Become(ServerState.Active, null);
                    _here.WasActive = true;
                }
            )
        );

    public Task<Outcome> DemoteAsync(IPAddress? source, Deadline deadline) =>
        Task.FromResult(
            Do(
                source is null ? "follows nobody" : "follows",
                () =>
                {
                    if (_here.HasLateWrite)
                    {
                        Append();
                    }

                    Become(source is null ? ServerState.Disconnected : ServerState.Replicating, SourceOf(source));
                }
            )
        );

    public Task<Outcome> StopAsync(Deadline deadline) => Task.FromResult(Do("stops", () => Become(ServerState.NotRunning, null)));

    public Version? OwnSchema() => null;

    public IReadOnlyList<string> Remotes(Deadline deadline) => [.. _here.Remotes];

    public Outcome Listen(string remote, Deadline deadline) => Do($"listens on {remote}", () => _here.Remotes.Add(remote));

    public void StopListening(string remote, Deadline deadline) => Do($"leaves {remote}", () => _here.Remotes.Remove(remote));

    public Outcome SetActiveProbe(Deadline deadline) => Do("takes a probe interval", () => { });

    public void RaiseDescriptorLimit() { }

    public bool RaiseListenBacklog() => true;

    public DatabaseCopy Read(Deadline deadline, bool withSchema = true) =>
        _journal.Note($"{Database.Label} is read")
            ? new DatabaseCopy(true, _here.Marker, HasContent: true, null, DatabaseFile.LastChange(File))
            {
                Holder = new PromotionNote(File).Read()?.Holder,
                LeftBehind = new PromotionNote(File).Read()?.LeftBehind,
            }
            : DatabaseCopy.Unreadable;

    public PromotionMarker? ReadMarker(Deadline deadline) => _journal.Note($"{Database.Label} tells its marker") ? _here.Marker : null;

    public Outcome WriteMarker(PromotionMarker marker, Deadline deadline) =>
        Do(
            $"takes marker {marker.Number} {(marker.Closed ? "closed" : "open")}",
            () =>
            {
                _here.Marker = marker;
                Append();
            }
        );

    public Outcome Ensure(IReadOnlyCollection<string> former, Deadline deadline) => Do("takes its rows", Append);

    public Outcome EnsureAny(Deadline deadline) => Outcome.Done;

    public Outcome EnsureForBackups(Deadline deadline) => Outcome.Done;

    public bool HasReplicationRow(Deadline deadline) => false;

    private string SourceOf(IPAddress? source) => ClusterTopology.SourceOf(Database, source).ToString();

    private void Become(ServerState state, string? source) => (_here.State, _here.Source) = (state, source);

    private void Append() => System.IO.File.AppendAllText(File, "a transaction\n");

    private Outcome Do(string what, Action effect)
    {
        if (!_journal.Note($"{Database.Label} {what}"))
        {
            return Outcome.Failed($"{Database.Label} {what}: failed");
        }

        effect();
        return Outcome.Done;
    }
}
