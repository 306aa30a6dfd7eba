using System.Text.Json;
using System.Text.Json.Nodes;

namespace OvndbOcf.UnitTests.Ovsdb;

/// <summary>Servers that answer on a path of the test's choice, as far as the agent asks.</summary>
internal static class FakeDatabase
{
    /// <summary>The result of a select that finds nothing.</summary>
    public const string NoRow = """[{"rows":[]}]""";

    /// <summary>Answers on a control socket with that status, which is asked for anew each time.</summary>
    public static FakeServer Controlled(string socket, Func<string> status, CancellationToken cancellation) =>
        Linked(
            socket,
            FakeServer.OnUnixSocket(
                async peer =>
                {
                    while (await peer.ReadMessage() is not null)
                    {
                        await peer.Write($$"""{"id":0,"result":{{JsonSerializer.Serialize(status())}},"error":null}""");
                    }
                },
                cancellation
            )
        );

    /// <summary>
    /// Answers on a database socket: to each transaction, by its operations, with the results that the test says, and with that schema version.
    /// </summary>
    public static FakeServer Serving(string socket, string version, Func<JsonArray, string> transact, CancellationToken cancellation) =>
        Linked(
            socket,
            FakeServer.OnUnixSocket(
                async peer =>
                {
                    while (await peer.ReadMessage() is { } message)
                    {
                        var request = JsonNode.Parse(message)!;
                        var parameters = request["params"]!.AsArray();
                        var result =
                            (string?)request["method"] == "get_schema"
                                ? $$"""{"name":"{{(string?)parameters[0]}}","version":"{{version}}","tables":{} }"""
                                : transact([.. parameters.Skip(1).Select(operation => operation!.DeepClone())]);
                        await peer.Write($$"""{"id":{{request["id"]}},"result":{{result}},"error":null}""");
                    }
                },
                cancellation
            )
        );

    /// <summary>Answers as one whose global row holds that marker, or where it is null, as a new one.</summary>
    public static FakeServer Holding(string socket, string? marker, CancellationToken cancellation) =>
        Serving(socket, "7.3.0", _ => marker is null ? NoRow : Row(("name", "mine"), ("ovndb-promotion", marker)), cancellation);

    /// <summary>The result of a select that finds the global row with those <c>external_ids</c>.</summary>
    public static string Row(params (string Key, string Value)[] externalIds) =>
        """[{"rows":[{"external_ids":["map","""
        + JsonSerializer.Serialize(externalIds.Select(pair => new[] { pair.Key, pair.Value }))
        + "]}]}]";

    // The socket is in a directory of the fake's own.
    private static FakeServer Linked(string socket, FakeServer server)
    {
        File.CreateSymbolicLink(socket, server.Path);
        return server;
    }
}
