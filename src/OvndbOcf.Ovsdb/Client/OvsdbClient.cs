using System.Text.Json.Nodes;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ovsdb.Client;

/// <summary>
/// A session with an OVSDB server (RFC 7047, section 4). Calls wait for their reply, and throw <see cref="OvsdbCallException"/> if
/// there is none by the deadline; the session is closed then, and a transaction that was under way may have been carried out or not.
/// After <see cref="CallFailure.ErrorReply"/> the session goes on. The server's probes are answered during calls only, so a session
/// that rests longer than the server's probe interval is closed by the server. Not safe for several threads at once.
/// </summary>
public sealed class OvsdbClient : IDisposable
{
    private readonly OvsdbConnection _connection;
    private long _lastId;

    private OvsdbClient(OvsdbConnection connection) => _connection = connection;

    /// <summary>Connects before the deadline.</summary>
    /// <exception cref="OvsdbCallException">It could not.</exception>
    public static OvsdbClient Connect(OvsdbEndpoint endpoint, Deadline deadline) => new(OvsdbConnection.Open(endpoint, deadline));

    /// <summary>The names of the server's databases (section 4.1.1).</summary>
    /// <exception cref="OvsdbCallException">No usable reply by the deadline.</exception>
    public IReadOnlyList<string> ListDatabases(Deadline deadline)
    {
        List<string> names = [];
        foreach (var element in Call("list_dbs", [], deadline) as JsonArray ?? throw Unreadable("list_dbs"))
        {
            names.Add(OvsdbValue.Text(element) ?? throw Unreadable("list_dbs"));
        }

        return names;
    }

    /// <summary>The database's schema (section 4.1.2; its form is <c>&lt;database-schema&gt;</c> of section 3.2).</summary>
    /// <exception cref="OvsdbCallException">No usable reply by the deadline, or no such database.</exception>
    public JsonObject GetSchema(string database, Deadline deadline) =>
        Call("get_schema", new JsonArray(database), deadline) as JsonObject ?? throw Unreadable("get_schema");

    /// <summary>
    /// The identity that the running server process gave itself, which tells two servers apart (an extension, ovsdb-server(7),
    /// section 4.1.17).
    /// </summary>
    /// <exception cref="OvsdbCallException">No usable reply by the deadline.</exception>
    public Guid GetServerId(Deadline deadline) =>
        Guid.TryParseExact(OvsdbValue.Text(Call("get_server_id", [], deadline)), "D", out var id) ? id : throw Unreadable("get_server_id");

    /// <summary>Carries out the operations, made by <see cref="OvsdbOperation"/>, as one transaction (section 4.1.3).</summary>
    /// <exception cref="OvsdbCallException">No usable reply by the deadline, or no such database.</exception>
    public TransactionResult Transact(string database, IReadOnlyList<JsonObject> operations, Deadline deadline)
    {
        var parameters = new JsonArray(database);
        foreach (var operation in operations)
        {
            parameters.Add(OvsdbValue.Detached(operation));
        }

        return TransactionResult.Read(Call("transact", parameters, deadline), operations.Count) ?? throw Unreadable("transact");
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private JsonNode? Call(string method, JsonArray parameters, Deadline deadline)
    {
        var id = ++_lastId;
        _connection.Send(JsonRpc.Request(id, method, parameters), deadline);
        while (true)
        {
            var message = JsonRpc.Read(_connection.Receive(deadline).Span) ?? throw Unreadable(method);
            switch (message)
            {
                case { Method: "echo", Id: not null }:
                    _connection.Send(JsonRpc.EchoReply(message), deadline);
                    break;
                case { Method: null } when OvsdbValue.Number(message.Id) == id:
                    return Result(message, method);
            }

            // A server that sends without pause never makes Receive wait.
            if (deadline.HasPassed)
            {
                throw _connection.Failed(CallFailure.TimedOut, $"no answer to {method} in time");
            }
        }
    }

    private JsonNode? Result(JsonRpcMessage reply, string method)
    {
        if (reply.Error is null)
        {
            return reply.Result;
        }

        var error = OvsdbError.Read(reply.Error) ?? throw Unreadable(method);
        throw new OvsdbCallException(CallFailure.ErrorReply, $"{method}: {error}", error);
    }

    private OvsdbCallException Unreadable(string method) =>
        _connection.Failed(CallFailure.Unreadable, $"the answer to {method} is not of the protocol");
}
