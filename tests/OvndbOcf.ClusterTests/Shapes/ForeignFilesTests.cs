using System.Globalization;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Status;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Database files in place that this node's OVN must not be started with: nothing runs, the files stay as they are, and the cluster's status says why.</summary>
public abstract class ForeignFilesTests(IdleCluster cluster)
{
    private const int Limit = 240_000;
    private const string Directory = "/var/lib/ovn";
    private const string Northbound = $"{Directory}/ovnnb_db.db";
    private const string Schemas = "/usr/share/ovn";

    /// <summary>Two switches' names in one column that takes one here.</summary>
    private const string Unconvertible = """
        import json, subprocess
        schema = json.load(open("/usr/share/ovn/ovn-nb.ovsschema"))
        schema["version"] = "99.0.0"
        del schema["cksum"]
        schema["tables"]["Logical_Switch"]["columns"]["name"]["type"] = {"key": "string", "min": 0, "max": "unlimited"}
        json.dump(schema, open("/root/other.ovsschema", "w"))
        subprocess.check_call(["ovsdb-tool", "create", "/var/lib/ovn/ovnnb_db.db", "/root/other.ovsschema"])
        insert = {"op": "insert", "table": "Logical_Switch", "row": {"name": ["set", ["a", "b"]]}}
        subprocess.check_call(["ovsdb-tool", "transact", "/var/lib/ovn/ovnnb_db.db", json.dumps(["OVN_Northbound", insert])])
        """;

    private static readonly string[] Databases = ["nb", "sb"];
    private static int numbers;

    [Fact(Timeout = Limit)]
    public async Task Files_of_a_RAFT_cluster_are_refused_untouched_and_taken_once_they_are_converted()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var files = await PlaceAsync(
            async node =>
            {
                foreach (var database in Databases)
                {
                    await node.ExecCheckedAsync(
                        ["ovsdb-tool", "create-cluster", FileOf(database), $"{Schemas}/ovn-{database}.ovsschema", "tcp:127.0.0.1:6643"],
                        cancellationToken: cancellation
                    );
                }
            },
            cancellation
        );
        var before = await SumsAsync(cancellation);

        var (resource, failures) = await CreateAsync(cancellation);

        Assert.All(failures, failure => Assert.Equal(1, failure.ExitCode));
        Assert.All(
            failures,
            failure =>
                Assert.StartsWith(
                    $"NB: {Northbound} belongs to a RAFT cluster; convert the file: ovsdb-tool cluster-to-standalone",
                    failure.ExitReason,
                    StringComparison.Ordinal
                )
        );
        Assert.Equal(before, await SumsAsync(cancellation));

        foreach (var node in cluster.Cluster.Nodes)
        {
            foreach (var database in Databases)
            {
                await node.ExecCheckedAsync(
                    ["ovsdb-tool", "cluster-to-standalone", FileOf(database) + ".new", FileOf(database)],
                    cancellationToken: cancellation
                );
                await node.ExecCheckedAsync(["mv", FileOf(database) + ".new", FileOf(database)], cancellationToken: cancellation);
            }
        }

        await cluster.Node.ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: cancellation);
        await cluster.Cluster.WaitForAsync(
            "both instances running with the converted files",
            status => status.Instances(resource).Count(instance => instance.Active) == 2,
            IdleCluster.Patience,
            cancellation
        );
    }

    [Fact(Timeout = Limit)]
    public async Task A_file_that_cannot_be_converted_to_this_nodes_schema_is_kept_and_both_versions_are_named()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var files = await PlaceAsync(
            node => node.ExecCheckedAsync(["python3", "-"], standardInput: Unconvertible, cancellationToken: cancellation),
            cancellation
        );
        var before = await SumsAsync(cancellation);

        var (_, failures) = await CreateAsync(cancellation);

        Assert.All(failures, failure => Assert.Equal(1, failure.ExitCode));
        Assert.All(
            failures,
            failure =>
                Assert.StartsWith(
                    $"NB: {Northbound} has schema 99.0.0 and cannot be converted to {cluster.SchemaVersion} of the OVN here",
                    failure.ExitReason,
                    StringComparison.Ordinal
                )
        );
        Assert.Equal(before, await SumsAsync(cancellation));
    }

    private static string FileOf(string database) => $"{Directory}/ovn{database}_db.db";

    /// <summary>Puts files in place on all nodes; they are removed with everything that the test made of them.</summary>
    private async Task<IAsyncDisposable> PlaceAsync(Func<ClusterNode, Task> place, CancellationToken cancellationToken)
    {
        var placed = new Placed(cluster);
        await cluster.ResetAsync(maintenance: false, cancellationToken);
        await placed.RemoveAsync(cancellationToken);
        await Task.WhenAll(cluster.Cluster.Nodes.Select(place));
        return placed;
    }

    /// <summary>The check sums of the Northbound files.</summary>
    private async Task<IReadOnlyList<string>> SumsAsync(CancellationToken cancellationToken)
    {
        var sums = new List<string>();
        foreach (var node in cluster.Cluster.Nodes)
        {
            sums.Add((await node.ExecCheckedAsync(["sha256sum", Northbound], cancellationToken: cancellationToken)).Stdout);
        }

        return sums;
    }

    /// <summary>Creates the resource, and waits until its start has failed on both nodes.</summary>
    private async Task<(string Resource, IReadOnlyList<FailedAction> Failures)> CreateAsync(CancellationToken cancellationToken)
    {
        // Pacemaker counts failures by name, also of a resource that was removed: each one gets a new name.
        var resource = string.Create(CultureInfo.InvariantCulture, $"foreign{Interlocked.Increment(ref numbers)}");
        await cluster.Node.ExecCheckedAsync(
            [
                "pcs",
                "resource",
                "create",
                resource,
                "ocf:ovn:ovndb-servers",
                "master_ip=10.0.0.9",
                "promotable",
                "notify=true",
                "promoted-max=1",
            ],
            cancellationToken: cancellationToken
        );
        await cluster.Cluster.WaitForAsync(
            "a failed start on both nodes",
            status => Starts(status).Select(failure => failure.Node).Distinct().Count() == 2,
            IdleCluster.Patience,
            cancellationToken
        );
        await cluster.Cluster.WaitForIdleAsync(IdleCluster.Patience, cancellationToken);
        return (resource, [.. Starts(await cluster.Cluster.GetStatusAsync(cancellationToken))]);

        IEnumerable<FailedAction> Starts(ClusterStatus status) =>
            status.FailedActions.Where(failure => failure.Operation == $"{resource}_start_0");
    }

    private sealed class Placed(IdleCluster cluster) : IAsyncDisposable
    {
        public async Task RemoveAsync(CancellationToken cancellationToken)
        {
            foreach (var node in cluster.Cluster.Nodes)
            {
                await node.ExecCheckedAsync(["find", Directory, "-mindepth", "1", "-delete"], cancellationToken: cancellationToken);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await cluster.ResetAsync(maintenance: false, CancellationToken.None);
            await RemoveAsync(CancellationToken.None);
        }
    }
}

[Collection<SharedOnBookworm>]
public sealed class ForeignFilesOnBookwormTests(IdleClusterOnBookworm cluster) : ForeignFilesTests(cluster);

[Collection<SharedOnTrixie>]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class ForeignFilesOnTrixieTests(IdleClusterOnTrixie cluster) : ForeignFilesTests(cluster);
