using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>What a node's own servers have, for a comparison with another node's.</summary>
internal static class CopyDump
{
    // All tables but the connections, whose state is each server's own, and the one row that tells of promotions and demotions.
    private const string Dump = """
        for table in $(ovsdb-client --format=csv --no-headings list-tables "unix:$1" "$2" | tail -n +2 | sort); do
            case $table in Connection | NB_Global | SB_Global) ;; *) ovsdb-client --format=csv dump "unix:$1" "$2" "$table" ;; esac
        done
        """;

    /// <summary>The lines of all tables of both databases, with the rows' UUIDs.</summary>
    /// <exception cref="ExecException">A server does not answer.</exception>
    public static async Task<string[]> ReadAsync(ClusterNode node, CancellationToken cancellationToken)
    {
        var dumps = new List<string>();
        foreach (var database in new[] { OvnDatabase.Northbound, OvnDatabase.Southbound })
        {
            var dump = await node.ExecCheckedAsync(
                ["sh", "-ec", Dump, "dump", database.Socket, database.Name],
                cancellationToken: cancellationToken
            );
            dumps.AddRange(dump.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return [.. dumps];
    }
}
