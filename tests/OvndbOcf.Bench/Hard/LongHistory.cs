using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OvndbOcf.Bench.Clusters;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Hard;

/// <summary>Makes a Southbound file long by what was written and is no more: a row of a chassis whose pairs all change, again and again.</summary>
internal static class LongHistory
{
    private const string Chassis = "history";
    private const int Pairs = 200;
    private const int Batch = 200;
    private static readonly OvnDatabase Database = OvnDatabase.Southbound;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadingLimit = TimeSpan.FromMinutes(3);

    // With --detach it returns once it has read the file and serves it.
    private const string TimeReading = """
        set -e
        at=$(mktemp -d)
        trap 'kill "$(cat "$at/pid")"; rm -rf "$at"' EXIT
        cp "$1" "$at/db"
        begin=$(date +%s%N)
        ovsdb-server --detach --no-chdir --pidfile="$at/pid" --unixctl="$at/ctl" --remote="punix:$at/sock" --log-file=/dev/null -vconsole:off "$at/db"
        echo $(( $(date +%s%N) - begin ))
        """;

    /// <summary>Writes until the active node's file has that length; ovsdb-server may compact it at any time.</summary>
    /// <exception cref="OvsdbCallException">The server gave no usable answer.</exception>
    /// <exception cref="InvalidOperationException">It refused.</exception>
    public static async Task WriteAsync(BenchCluster bench, ClusterNode active, long bytes, CancellationToken cancellationToken)
    {
        using var client = OvsdbClient.Connect(OvsdbEndpoint.Tcp(bench.Cluster.VirtualIp, Database.Port), Deadline.After(Limit));
        Transact(client, OvsdbOperation.Delete(Database.Table, IsIt));
        Transact(
            client,
            OvsdbOperation.Insert(
                "Encap",
                new JsonObject
                {
                    ["type"] = "geneve",
                    ["ip"] = $"{IPAddress.IPv6Loopback}",
                    ["chassis_name"] = Chassis,
                },
                "encapsulation"
            ),
            OvsdbOperation.Insert(Database.Table, new JsonObject { ["name"] = Chassis, ["encaps"] = OvsdbValue.NamedUuid("encapsulation") })
        );
        for (var number = 0; await Compaction.SizeAsync(active, Database, cancellationToken) < bytes; )
        {
            for (var end = number + Batch; number < end; number++)
            {
                Transact(client, OvsdbOperation.Update(Database.Table, IsIt, new JsonObject { ["external_ids"] = Values(number) }));
            }
        }
    }

    /// <summary>How long a server takes on that node to read such a file: another one is started with a copy of it.</summary>
    /// <exception cref="ExecException">It could not be started.</exception>
    public static async Task<TimeSpan> ReadAsync(ClusterNode node, CancellationToken cancellationToken)
    {
        var result = await node.ExecCheckedAsync(
            ["sh", "-c", TimeReading, "read", Database.File],
            ReadingLimit,
            cancellationToken: cancellationToken
        );
        return TimeSpan.FromMicroseconds(long.Parse(result.Stdout, CultureInfo.InvariantCulture) / 1000);
    }

    private static JsonArray IsIt => OvsdbOperation.Where(OvsdbOperation.Condition("name", "==", JsonValue.Create(Chassis)));

    private static JsonArray Values(int number) =>
        OvsdbValue.Map([
            .. Enumerable
                .Range(0, Pairs)
                .Select(pair =>
                    ($"key-{pair}", string.Create(CultureInfo.InvariantCulture, $"value {number}-{pair}, which is as long as most"))
                ),
        ]);

    private static void Transact(OvsdbClient client, params JsonObject[] operations)
    {
        var result = client.Transact(Database.Name, operations, Deadline.After(Limit));
        if (!result.Committed)
        {
            throw new InvalidOperationException($"the chassis was refused: {result.Error}");
        }
    }
}
