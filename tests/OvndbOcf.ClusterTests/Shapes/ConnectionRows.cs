using System.Globalization;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>A row of a database's Connection table (ovn-nb(5)).</summary>
/// <param name="Target">Such as <c>ptcp:6641:10.0.0.9</c>.</param>
/// <param name="Probe">The inactivity probe in milliseconds; null where it is not set.</param>
internal sealed record Connection(string Target, int? Probe);

/// <summary>Reads the Connection table with <c>ovsdb-client</c> from a node's own copy.</summary>
internal static class ConnectionRows
{
    /// <summary>All rows, ordered by target.</summary>
    public static async Task<IReadOnlyList<Connection>> ReadAsync(Machine node, OvnDatabase database, CancellationToken cancellationToken)
    {
        var result = await node.ExecCheckedAsync(
            [
                "ovsdb-client",
                "--timeout=10",
                "--format=csv",
                "--data=bare",
                "--no-headings",
                "dump",
                $"unix:{database.Socket}",
                database.Name,
                "Connection",
                "target",
                "inactivity_probe",
            ],
            cancellationToken: cancellationToken
        );

        // The columns come in alphabetical order, after a line with the table's caption.
        return
        [
            .. result
                .Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Skip(1)
                .Select(line => line.Split(',', 2))
                .Select(fields => new Connection(
                    fields[1].Trim('"'),
                    fields[0].Length > 0 ? int.Parse(fields[0], CultureInfo.InvariantCulture) : null
                ))
                .OrderBy(row => row.Target, StringComparer.Ordinal),
        ];
    }
}
