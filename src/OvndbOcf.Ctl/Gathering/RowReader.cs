using System.Text.Json;
using System.Text.Json.Nodes;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>Reads schema and rows, of a file by Open vSwitch's own tool, which locks and changes nothing, and of a server where it listens.</summary>
internal static class RowReader
{
    private const string Tool = "ovsdb-tool";
    private const int AnswerMaxBytes = 256 << 20;

    // A file of some hundred megabytes is read from its begin.
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The schema of a standalone database's file.</summary>
    /// <exception cref="CtlException">It is none, or cannot be read.</exception>
    public static JsonObject ReadSchema(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CtlException($"{path} is a directory; give the file of a database in it", ExitStatus.Usage);
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return DatabaseFileCheck.ReadSchema(file)
                ?? throw new CtlException($"{path} is no file of a standalone OVSDB database", ExitStatus.Usage);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CtlException($"{path} cannot be read: {exception.Message}");
        }
    }

    /// <summary>The rows of a file, with the columns of the tables.</summary>
    /// <exception cref="CtlException">They cannot be read.</exception>
    public static async Task<Rows> ReadFileAsync(string path, string database, IReadOnlyList<TableShape> tables)
    {
        var transaction = new JsonArray(database);
        foreach (var table in tables)
        {
            transaction.Add((JsonNode)Select(table));
        }

        var result = await CommandRunner
            .RunAsync(Tool, ["query", path, transaction.ToJsonString()], ReadTimeout, outputMaxBytes: AnswerMaxBytes)
            .ConfigureAwait(false);
        return new Rows(
            (result.Succeeded ? Parse(result.Output, tables) : null)
                ?? throw new CtlException($"{Tool} cannot read {path}: {(result.Succeeded ? "too much to read" : result.Error.Trim())}")
        );
    }

    /// <summary>The schema that a server has.</summary>
    /// <exception cref="CtlException">It does not answer.</exception>
    public static JsonObject ReadSchema(OvsdbEndpoint server, string database, TimeSpan limit) =>
        Ask(server, Deadline.After(limit), (client, deadline) => client.GetSchema(database, deadline));

    /// <summary>The rows of a server, with the columns of the tables.</summary>
    /// <exception cref="CtlException">They cannot be read.</exception>
    public static Rows ReadServer(OvsdbEndpoint server, string database, IReadOnlyList<TableShape> tables) =>
        new(
            // One after the other: each answer has a limit of its size.
            tables.ToDictionary(
                table => table.Name,
                table =>
                    Ask(
                        server,
                        Deadline.After(ReadTimeout),
                        (client, deadline) =>
                            client.Transact(database, [Select(table)], deadline) is { Committed: true } result
                                ? result.Operations[0].Rows
                                : throw new CtlException($"the server at {server} refuses to read the table {table.Name}")
                    ),
                StringComparer.Ordinal
            )
        );

    private static JsonObject Select(TableShape table) =>
        OvsdbOperation.Select(table.Name, OvsdbOperation.Where(), [.. table.Columns.Prepend("_uuid")]);

    private static T Ask<T>(OvsdbEndpoint server, Deadline deadline, Func<OvsdbClient, Deadline, T> question)
    {
        try
        {
            using var client = OvsdbClient.Connect(server, deadline);
            return question(client, deadline);
        }
        catch (OvsdbCallException exception)
        {
            throw new CtlException($"the server at {server} does not answer: {exception.Message}");
        }
    }

    private static Dictionary<string, IReadOnlyList<JsonObject>>? Parse(string text, IReadOnlyList<TableShape> tables)
    {
        try
        {
            return JsonNode.Parse(text) is JsonArray results && results.Count == tables.Count
                ? tables
                    .Zip(results)
                    .ToDictionary(
                        pair => pair.First.Name,
                        pair => (IReadOnlyList<JsonObject>)[.. (pair.Second?["rows"] as JsonArray ?? []).OfType<JsonObject>()],
                        StringComparer.Ordinal
                    )
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
