using System.Text.Json.Nodes;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Servers.Decisions;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>Brings the connections in an active database in line with the parameters, over the local socket.</summary>
public sealed class ClientConnections
{
    // Each try reads anew what another client, such as ovn-northd at its start, changed under the last one.
    private const int Tries = 5;

    private readonly AgentParameters _parameters;
    private readonly DatabaseParameters _database;
    private readonly OcfLog _log;

    /// <summary>For one database.</summary>
    public ClientConnections(AgentParameters parameters, DatabaseParameters database, OcfLog log)
    {
        _parameters = parameters;
        _database = database;
        _log = log;
    }

    /// <summary>Adds or changes the agent's row if it is not as it should be.</summary>
    public Outcome Ensure(Deadline deadline)
    {
        if (_parameters.ListenTarget(_database) is not { } target)
        {
            return Outcome.Failed("master_ip is not usable, so clients' connections cannot be set up");
        }

        try
        {
            using var client = OvsdbClient.Connect(OvsdbEndpoint.Unix(ServerPaths.Of(_parameters.Directories, _database).Database), deadline);
            var problem = string.Empty;
            for (var i = 0; i < Tries; i++)
            {
                var operations = Plan(client, target, deadline);
                if (operations.Count == 0)
                {
                    return Outcome.Done;
                }

                var result = client.Transact(_database.SchemaName, operations, deadline);
                if (result.Committed)
                {
                    _log.Info($"{_database.Label}: clients connect to {target}, inactivity probe {_parameters.ClientProbeInterval} ms");
                    return Outcome.Done;
                }

                problem = result.Error?.ToString() ?? string.Empty;
            }

            return Outcome.Failed($"{_database.Label}: the connection {target} was not accepted: {problem}");
        }
        catch (OvsdbCallException exception)
        {
            return Outcome.Failed($"{_database.Label}: the connection {target} could not be set up: {exception.Message}");
        }
    }

    private List<JsonObject> Plan(OvsdbClient client, string target, Deadline deadline)
    {
        var (global, rows) = Read(client, deadline);
        var plan = ConnectionPlan.For(rows, target, _parameters.ClientProbeInterval);
        var row = new JsonObject { ["target"] = target, ["inactivity_probe"] = _parameters.ClientProbeInterval };
        return (plan.Step, global) switch
        {
            (ConnectionStep.Change, _) => [OvsdbOperation.Update("Connection", OvsdbOperation.Where(OvsdbOperation.IsRow(plan.Row!.Value)), row)],
            (ConnectionStep.Add, { } existing) =>
            [
                OvsdbOperation.Insert("Connection", row, "connection"),
                OvsdbOperation.Mutate(
                    _database.GlobalTable,
                    OvsdbOperation.Where(OvsdbOperation.IsRow(existing)),
                    OvsdbOperation.Mutation("connections", "insert", OvsdbValue.Set(OvsdbValue.NamedUuid("connection")))),
            ],
            (ConnectionStep.Add, null) =>
            [
                OvsdbOperation.Insert("Connection", row, "connection"),
                OvsdbOperation.Insert(_database.GlobalTable, new JsonObject { ["connections"] = OvsdbValue.NamedUuid("connection") }),
            ],
            _ => [],
        };
    }

    /// <summary>The one row of the global table, if there is one yet, and the connections that it refers to.</summary>
    private (Guid? Global, List<ConnectionRow> Rows) Read(OvsdbClient client, Deadline deadline)
    {
        var result = client.Transact(
            _database.SchemaName,
            [
                OvsdbOperation.Select(_database.GlobalTable, OvsdbOperation.Where(), "_uuid", "connections"),
                OvsdbOperation.Select("Connection", OvsdbOperation.Where(), "_uuid", "target", "inactivity_probe"),
            ],
            deadline);
        Guid? global = null;
        List<ConnectionRow> rows = [];
        if (!result.Committed || result.Operations[0].Rows is not [var globalRow, ..] || !OvsdbValue.TryReadUuid(globalRow["_uuid"], out var id))
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
                rows.Add(new ConnectionRow(uuid, target, probe));
            }
        }

        return (global, rows);
    }
}
