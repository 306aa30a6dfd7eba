using System.Text.Json.Nodes;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>Brings the connections in an active database in line with the parameters, over the local socket.</summary>
public sealed class ClientConnections : IClientConnections
{
    // Each try reads anew what another client, such as ovn-northd at its start, changed under the last one.
    private const int Tries = 5;

    private readonly AgentParameters _parameters;
    private readonly ClusterTopology _topology;
    private readonly DatabaseParameters _database;
    private readonly OcfLog _log;

    /// <summary>For one database.</summary>
    public ClientConnections(AgentParameters parameters, ClusterTopology topology, DatabaseParameters database, OcfLog log)
    {
        _parameters = parameters;
        _topology = topology;
        _database = database;
        _log = log;
    }

    /// <inheritdoc/>
    public bool IsReadOnlyForBackups { get; private set; }

    /// <summary>What to do before the row for backups is added or removed, so that those which are connected have to connect anew.</summary>
    public Action? BeforeCut { get; init; }

    // ovn-sb(5); the Northbound database's table has neither role nor read_only, in OVN 23.03 and 25.03 alike.
    private bool HasRoles => _database.Kind == OvnDatabase.Southbound;

    private string[] Columns =>
        HasRoles
            ? ["_uuid", "target", "inactivity_probe", "external_ids", "role", "read_only"]
            : ["_uuid", "target", "inactivity_probe", "external_ids"];

    private long? FileLength => DatabaseFile.Length(DatabaseFile.Find(_parameters, _database));

    private string? ClientsTarget => _topology.ListenerForClients(_database)?.ToString();

    private string? ReplicationTarget => _topology.ListenerForBackups(_database)?.ToString();

    /// <inheritdoc/>
    public Outcome Ensure(IReadOnlyCollection<string> former, Deadline deadline)
    {
        if (ClientsTarget is not { } target)
        {
            return Outcome.Failed("master_ip is not usable, so clients cannot connect; correct master_ip");
        }

        var length = FileLength;
        return Carry(
            rows =>
                [
                    new(ConnectionPlan.For(rows, target, _parameters.ClientProbeInterval, former), target, _parameters.ClientProbeInterval),
                    ForBackups(rows, length, mayBeConnected: false),
                ],
            deadline
        );
    }

    /// <inheritdoc/>
    public Outcome EnsureAny(Deadline deadline) =>
        ClientsTarget is not { } target
            ? Outcome.Done
            : Carry(
                rows =>
                    rows.Any(row => row.Target == target)
                        ? []
                        : [new(new ConnectionPlan(ConnectionStep.Add), target, _parameters.ClientProbeInterval)],
                deadline
            );

    /// <inheritdoc/>
    public Outcome EnsureForBackups(Deadline deadline)
    {
        var length = FileLength;
        return Carry(rows => [ForBackups(rows, length, mayBeConnected: true)], deadline);
    }

    /// <inheritdoc/>
    public bool HasReplicationRow(Deadline deadline)
    {
        try
        {
            using var client = Connect(deadline);
            return Read(client, deadline).Rows.Exists(row => row.IsForReplication);
        }
        catch (OvsdbCallException exception)
        {
            _log.Debug($"{_database.Label}: the connections could not be read: {exception.Message}");
            return false;
        }
    }

    /// <summary>The rows in use; null if the server does not tell.</summary>
    public IReadOnlyList<ConnectionRow>? FindRows(Deadline deadline)
    {
        try
        {
            using var client = Connect(deadline);
            return Read(client, deadline).Rows;
        }
        catch (OvsdbCallException exception)
        {
            _log.Debug($"{_database.Label}: the rows could not be read: {exception.Message}");
            return null;
        }
    }

    private PlannedRow ForBackups(IReadOnlyList<ConnectionRow> rows, long? fileLength, bool mayBeConnected)
    {
        var target = ReplicationTarget;
        var wanted = BackupListenerRow.Wanted(rows, target, fileLength, mayBeConnected);
        IsReadOnlyForBackups = wanted is { IsReadOnly: true };
        return new PlannedRow(
            BackupListenerRow.For(rows, target, wanted),
            target,
            wanted?.Probe,
            IsForReplication: true,
            IsReadOnlyForBackups
        );
    }

    private Outcome Carry(Func<IReadOnlyList<ConnectionRow>, IReadOnlyList<PlannedRow>> plan, Deadline deadline)
    {
        try
        {
            using var client = Connect(deadline);
            var problem = string.Empty;
            for (var i = 0; i < Tries; i++)
            {
                var (global, rows) = Read(client, deadline);
                var planned = plan(rows).Where(row => row.Plan.Step != ConnectionStep.Nothing).ToList();
                if (
                    ClientsTarget is { } wanted
                    && ConnectionPlan.FindWider(rows, wanted) is { } wider
                    && planned.TrueForAll(row => row.Plan.Row != wider.Id)
                )
                {
                    _log.Warning(
                        $"{_database.Label}: the Connection row {wider.Target} takes all addresses, where the agent listens on single ones: the server cannot do both, and logs bind errors; remove that row, or give it another port"
                    );
                }

                if (planned.Count == 0)
                {
                    return Outcome.Done;
                }

                if (planned.Exists(row => row is { IsForReplication: true, Plan.Step: ConnectionStep.Add or ConnectionStep.Remove }))
                {
                    BeforeCut?.Invoke();
                }

                var result = client.Transact(_database.SchemaName, [.. planned.SelectMany(row => Operations(row, global))], deadline);
                if (result.Committed)
                {
                    foreach (var row in planned.Where(row => !row.IsReplaced))
                    {
                        _log.Info($"{_database.Label}: {row}");
                    }

                    if (planned.Exists(row => row is { IsForReplication: true, Plan.Step: ConnectionStep.Add }))
                    {
                        var tool = $"ovn-{_database.Prefix}ctl";
                        _log.Info(
                            $"{_database.Label}: '{tool} set connection .' needs a single row, and backups have a row now; name the clients' row by its target: {tool} set connection {ClientsTarget} …"
                        );
                    }

                    if (planned.Exists(row => row.IsReplaced))
                    {
                        continue;
                    }

                    return Outcome.Done;
                }

                problem = result.Error?.ToString() ?? string.Empty;
            }

            return Outcome.Failed($"{_database.Label}: the server refused the Connection rows: {problem}; see the log of the server");
        }
        catch (OvsdbCallException exception)
        {
            return Outcome.Failed(
                $"{_database.Label}: the Connection rows could not be written: {exception.Message}; see the log of the server"
            );
        }
    }

    private OvsdbClient Connect(Deadline deadline) =>
        OvsdbClient.Connect(OvsdbEndpoint.Unix(ServerPaths.Of(_parameters.Directories, _database).Database), deadline);

    private IEnumerable<JsonObject> Operations(PlannedRow planned, Guid? global)
    {
        var row = new JsonObject
        {
            ["target"] = planned.Target,
            ["inactivity_probe"] = planned.Probe is { } probe ? probe : OvsdbValue.Set(),
        };
        if (planned.IsForReplication)
        {
            row["external_ids"] = OvsdbValue.Map((BackupListenerRow.Mark, "yes"));
            if (HasRoles)
            {
                row["read_only"] = planned.IsReadOnly;
            }
        }

        // Two rows may be new at once.
        var name = planned.IsForReplication ? "replication" : "connection";
        return (planned.Plan.Step, global) switch
        {
            (ConnectionStep.Change, _) =>
            [
                OvsdbOperation.Update("Connection", OvsdbOperation.Where(OvsdbOperation.IsRow(planned.Plan.Row!.Value)), row),
            ],
            (ConnectionStep.Add, { } existing) =>
            [
                OvsdbOperation.Insert("Connection", row, name),
                Refer(existing, "insert", OvsdbValue.NamedUuid(name)),
            ],
            (ConnectionStep.Add, null) =>
            [
                OvsdbOperation.Insert("Connection", row, name),
                OvsdbOperation.Insert(_database.GlobalTable, new JsonObject { ["connections"] = OvsdbValue.NamedUuid(name) }),
            ],
            // A row that nothing refers to is gone.
            (ConnectionStep.Remove, { } existing) => [Refer(existing, "delete", OvsdbValue.Uuid(planned.Plan.Row!.Value))],
            _ => [],
        };
    }

    private JsonObject Refer(Guid global, string mutator, JsonNode row) =>
        OvsdbOperation.Mutate(
            _database.GlobalTable,
            OvsdbOperation.Where(OvsdbOperation.IsRow(global)),
            OvsdbOperation.Mutation("connections", mutator, OvsdbValue.Set(row))
        );

    /// <summary>The one row of the global table, if there is one yet, and the connections that it refers to.</summary>
    private (Guid? Global, List<ConnectionRow> Rows) Read(OvsdbClient client, Deadline deadline)
    {
        var result = client.Transact(
            _database.SchemaName,
            [
                OvsdbOperation.Select(_database.GlobalTable, OvsdbOperation.Where(), "_uuid", "connections"),
                OvsdbOperation.Select("Connection", OvsdbOperation.Where(), Columns),
            ],
            deadline
        );
        Guid? global = null;
        List<ConnectionRow> rows = [];
        if (
            !result.Committed
            || result.Operations[0].Rows is not [var globalRow, ..]
            || !OvsdbValue.TryReadUuid(globalRow["_uuid"], out var id)
        )
        {
            return (global, rows);
        }

        global = id;
        var used = OvsdbValue.Uuids(globalRow["connections"]);
        foreach (var row in result.Operations[1].Rows)
        {
            if (OvsdbValue.TryReadUuid(row["_uuid"], out var uuid) && used.Contains(uuid) && OvsdbValue.Text(row["target"]) is { } target)
            {
                var probe = OvsdbValue.Elements(row["inactivity_probe"]) is [var only] ? OvsdbValue.Number(only) : null;
                rows.Add(
                    new ConnectionRow(
                        uuid,
                        target,
                        probe,
                        OvsdbValue.Strings(row["external_ids"]).ContainsKey(BackupListenerRow.Mark),
                        HasRole: OvsdbValue.Elements(row["role"]) is [var role] && OvsdbValue.Text(role) is { Length: > 0 },
                        IsReadOnly: OvsdbValue.Boolean(row["read_only"]) == true
                    )
                );
            }
        }

        return (global, rows);
    }

    /// <summary>A plan and what the row shall be; its text is for operators.</summary>
    private sealed record PlannedRow(
        ConnectionPlan Plan,
        string? Target,
        int? Probe,
        bool IsForReplication = false,
        bool IsReadOnly = false
    )
    {
        /// <summary>Whether the row is removed only to be added anew.</summary>
        public bool IsReplaced => Plan.Step == ConnectionStep.Remove && (Probe is not null || IsReadOnly);

        public override string ToString() =>
            !IsForReplication ? $"clients connect to {Target}, inactivity probe {Probe} ms (inactive_probe_interval)"
            : Plan.Step == ConnectionStep.Remove ? "backups need no row of the Connection table any more"
            : $"backups connect to {Target}, {(IsReadOnly ? "read-only because clients are held to a role" : "with patience for a large dump")}, inactivity probe {Probe?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "by default"}";
    }
}
