using System.Text.Json.Nodes;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>Reads what is in this node's copy of a database, and writes the marker of a promotion into it, over the local socket.</summary>
public sealed class CopyAccess : ICopyAccess
{
    // Each try works on what another client, such as ovn-northd at its start, left after the last one.
    private const int Tries = 5;

    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(3);

    private readonly AgentParameters _parameters;
    private readonly DatabaseParameters _database;

    /// <summary>For one database.</summary>
    public CopyAccess(AgentParameters parameters, DatabaseParameters database)
    {
        _parameters = parameters;
        _database = database;
    }

    private OvsdbEndpoint Endpoint => OvsdbEndpoint.Unix(ServerPaths.Of(_parameters.Directories, _database).Database);

    /// <inheritdoc/>
    public DatabaseCopy Read(Deadline deadline, bool withSchema = true)
    {
        var said = Ask(deadline, withSchema);
        if (!said.IsReadable)
        {
            return said;
        }

        var path = DatabaseFile.Find(_parameters, _database);
        var note = new PromotionNote(path).Read();
        return said with { LastChange = DatabaseFile.LastChange(path), Holder = note?.Holder, LeftBehind = note?.LeftBehind };
    }

    /// <inheritdoc/>
    public PromotionMarker? ReadMarker(Deadline deadline) => AskMarker(deadline).Marker;

    /// <summary>The marker in the copy, asked of the server alone, with "there is none" told from "it cannot be read".</summary>
    internal (bool IsReadable, PromotionMarker? Marker) AskMarker(Deadline deadline)
    {
        var said = Ask(deadline, withSchema: false);
        return (said.IsReadable, said.Marker);
    }

    // What the server itself says: no file is touched.
    private DatabaseCopy Ask(Deadline deadline, bool withSchema)
    {
        var brief = Deadline.After(ReadTimeout).Earlier(deadline);
        try
        {
            using var client = OvsdbClient.Connect(Endpoint, brief);
            var result = client.Transact(
                _database.SchemaName,
                [OvsdbOperation.Select(_database.GlobalTable, OvsdbOperation.Where(), "external_ids")],
                brief
            );
            if (!result.Committed)
            {
                return DatabaseCopy.Unreadable;
            }

            var rows = result.Operations[0].Rows;
            var marker = rows is [var row, ..] ? OvsdbValue.Strings(row["external_ids"]).GetValueOrDefault(PromotionMarker.Key) : null;
            var schema =
                withSchema && Version.TryParse(OvsdbValue.Text(client.GetSchema(_database.SchemaName, brief)["version"]), out var version)
                    ? version
                    : null;
            return new DatabaseCopy(true, PromotionMarker.Parse(marker), rows.Count > 0, schema, null);
        }
        catch (OvsdbCallException)
        {
            return DatabaseCopy.Unreadable;
        }
    }

    /// <inheritdoc/>
    public Outcome WriteMarker(PromotionMarker marker, Deadline deadline)
    {
        try
        {
            using var client = OvsdbClient.Connect(Endpoint, deadline);
            var problem = string.Empty;
            for (var i = 0; i < Tries; i++)
            {
                var written = client.Transact(_database.SchemaName, [Mutate(marker), OvsdbOperation.DurableCommit()], deadline);
                if (written is { Committed: true } && written.Operations[0].Count > 0)
                {
                    return Outcome.Done;
                }

                if (written.Committed)
                {
                    // A new database has no global row yet; there can be only one.
                    written = client.Transact(_database.SchemaName, [Insert(marker), OvsdbOperation.DurableCommit()], deadline);
                    if (written.Committed)
                    {
                        return Outcome.Done;
                    }
                }

                problem = written.Error?.ToString() ?? string.Empty;
            }

            return Outcome.Failed($"{_database.Label}: the server refused the promotion's marker: {problem}; see the log of the server");
        }
        catch (OvsdbCallException exception)
        {
            return Outcome.Failed(
                $"{_database.Label}: the promotion's marker could not be written: {exception.Message}; see the log of the server"
            );
        }
    }

    private JsonObject Mutate(PromotionMarker marker) =>
        OvsdbOperation.Mutate(
            _database.GlobalTable,
            OvsdbOperation.Where(),
            OvsdbOperation.Mutation("external_ids", "delete", OvsdbValue.Set(PromotionMarker.Key)),
            OvsdbOperation.Mutation("external_ids", "insert", OvsdbValue.Map((PromotionMarker.Key, marker.ToString())))
        );

    private JsonObject Insert(PromotionMarker marker) =>
        OvsdbOperation.Insert(
            _database.GlobalTable,
            new JsonObject { ["external_ids"] = OvsdbValue.Map((PromotionMarker.Key, marker.ToString())) }
        );
}
