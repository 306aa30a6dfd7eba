using System.Globalization;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>So many rows in the Northbound database that a backup takes a moment to fetch them.</summary>
internal static class ManyRows
{
    /// <summary>How many.</summary>
    public const int Count = 40_000;

    /// <summary>ovn-northd ignores rows of this table that nothing refers to.</summary>
    public const string Table = "Copp";

    private const int Batches = 4;

    /// <summary>Writes them.</summary>
    /// <exception cref="ExecException">The server refused.</exception>
    public static async Task AddAsync(ClusterNode active, CancellationToken cancellationToken)
    {
        for (var batch = 0; batch < Batches; batch++)
        {
            await AddAsync(active, batch, cancellationToken);
        }
    }

    /// <summary>Removes them.</summary>
    /// <exception cref="ExecException">The server refused.</exception>
    public static Task RemoveAsync(ClusterNode active, CancellationToken cancellationToken) =>
        TransactAsync(active, $$"""["OVN_Northbound",{"op":"delete","table":"{{Table}}","where":[]}]""", cancellationToken);

    private static Task<ExecResult> AddAsync(ClusterNode active, int batch, CancellationToken cancellationToken)
    {
        var inserts = Enumerable
            .Range(batch * (Count / Batches), Count / Batches)
            .Select(number =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$$"""{"op":"insert","table":"{{{Table}}}","row":{"name":"row-{{{number}}}","external_ids":["map",[["text","one row of many"]]]}}"""
                )
            );
        return TransactAsync(active, $"[\"OVN_Northbound\",{string.Join(',', inserts)}]", cancellationToken);
    }

    // Too long for a command line.
    private static Task<ExecResult> TransactAsync(ClusterNode node, string transaction, CancellationToken cancellationToken) =>
        node.ExecCheckedAsync(
            ["python3", "-c", Sender],
            TimeSpan.FromSeconds(60),
            standardInput: transaction,
            cancellationToken: cancellationToken
        );

    private static string Sender =>
        $$"""
            import json, socket, sys
            server = socket.socket(socket.AF_UNIX)
            server.connect("{{OvnDatabase.Northbound.Socket}}")
            server.sendall(('{"id":1,"method":"transact","params":' + sys.stdin.read() + '}').encode())
            answer = ""
            while True:
                answer += server.recv(1 << 20).decode()
                try:
                    reply = json.loads(answer)
                except ValueError:
                    continue
                sys.exit(reply["error"] or any(result and "error" in result for result in reply["result"]))
            """;
}
