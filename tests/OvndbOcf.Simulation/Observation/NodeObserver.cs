using System.Globalization;
using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Simulation.Observation;

/// <summary>Looks at nodes with the distribution's own tools, so that the agent is not judged by its own eyes.</summary>
public static class NodeObserver
{
    private const string Separator = "\u001d";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    // One command a node and look: a look takes many questions, and each command costs a start of the docker client.
    private const string Script = """
        run=$1 address=$2 northbound_table=$3
        section() { printf '\035'; }
        for database in nb sb; do
            timeout 3 ovs-appctl -t "$run/ovn${database}_db.ctl" ovsdb-server/sync-status 2>&1
            section
            for pid in $(pgrep -f -- "ovsdb-server .*--unixctl=$run/ovn${database}_db.ctl"); do
                echo "$pid $(cut -d ' ' -f 22 "/proc/$pid/stat")"
            done
            section
            case $database in nb) name=OVN_Northbound table=$northbound_table ;; *) name=OVN_Southbound table=Chassis ;; esac
            timeout 5 ovsdb-client --format=csv --data=bare --no-headings dump "unix:$run/ovn${database}_db.sock" "$name" "$table" name 2>/dev/null
            section
        done
        pgrep --runstates D,R,S -x ovn-northd
        section
        ip -oneline address show to "$address"
        section
        """;

    /// <summary>Looks at a node. Of one that is off it only tells that.</summary>
    public static async Task<NodeView> ObserveAsync(ClusterNode node, ClusterShape shape, CancellationToken cancellationToken)
    {
        ExecResult result;
        try
        {
            result = await node.ExecAsync(
                    ["sh", "-s", shape.RunDirectory, $"{shape.Address}", shape.NorthboundTable],
                    Limit,
                    standardInput: Script,
                    cancellationToken: cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return Silent(node.Name);
        }

        return
            result.Stdout.Split(Separator)
                is [var nb, var nbProcess, var nbRows, var sb, var sbProcess, var sbRows, var northd, var address, _]
            ? new NodeView(
                node.Name,
                Answers: true,
                Server(OvnDatabase.Northbound, nb, nbProcess, nbRows),
                Server(OvnDatabase.Southbound, sb, sbProcess, sbRows),
                [.. Lines(northd).Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))],
                address.Trim().Length > 0
            )
            : Silent(node.Name);
    }

    private static NodeView Silent(string name)
    {
        var server = new ServerView("", DatabaseSyncStatus.Unknown, [], null);
        return new NodeView(name, Answers: false, server, server, [], HasAddress: false);
    }

    private static ServerView Server(OvnDatabase database, string said, string process, string rows) =>
        new(
            said.Trim(),
            SyncStatus.Parse(said).For(database.Name),
            Lines(process),
            Lines(rows) is [_, .. var names] ? names.ToHashSet() : null
        );

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
