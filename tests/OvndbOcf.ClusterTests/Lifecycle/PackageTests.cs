using OvndbOcf.ClusterTests.Packages;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>What an administrator's upgrade does to a cluster that runs: OVN's packages write to the agent's place whenever they are configured.</summary>
public abstract class PackageTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // What the image has at paths of the package goes with the package.
    private static readonly string[] FilesOfTheImage =
    [
        "usr/sbin/ovndbctl",
        "usr/share/doc/ovndb-ocf",
        "usr/share/resource-agents/ovndb-servers.dtd",
    ];

    [Fact(Timeout = 400_000)]
    public async Task Packages_come_and_go_while_the_cluster_works()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        await using var client = AcknowledgedWriter.Start(new WriterOptions { Address = Cluster.VirtualIp });
        await client.WaitForWritesAsync(10, Limit, Cancellation);
        var begin = client.Elapsed;
        await UpgradeEverythingAsync(active);
        await UpgradeEverythingAsync(Backup(before));

        await client.WaitForWritesAsync(10, Limit, Cancellation);
        var report = await client.StopAsync();
        var after = await HoldAsync("packages", FailoverLimit);
        Assert.Equal(active.Name, Promoted(after));

        // What failed in an earlier test may be forgotten by now.
        Assert.Empty(after.Status.FailedActions.Except(before.Status.FailedActions));
        Assert.All(after.Nodes, node => AssertUntouched(before, after, node.Name));
        Assert.InRange(report.LongestGapAfter(begin)?.Length ?? TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static async Task UpgradeEverythingAsync(ClusterNode node)
    {
        await node.CopyInAsync(AgentPackage.BuiltFile, AgentPackage.OnNode, Cancellation);
        var version = (await RunAsync(node, OvnCommon.Place, "--version")).Trim();
        await RunAsync(node, OvnCommon.Repack);
        await RunAsync(node, ["tar", "-C", "/", "-cf", "/tmp/image.tar", .. FilesOfTheImage]);
        var watch = node.ExecAsync(AgentPackage.Watch(version), TimeSpan.FromSeconds(150), cancellationToken: Cancellation);
        try
        {
            await RunAsync(node, "dpkg", "--install", AgentPackage.OnNode);
            try
            {
                await RunAsync(node, OvnCommon.ConfigureOften);
                await RunAsync(node, "dpkg", "--install", OvnCommon.Same);
                await RunAsync(node, "dpkg", "--install", OvnCommon.Newer);
                Assert.Equal(OvnCommon.UpstreamsTarget, (await RunAsync(node, "readlink", OvnCommon.Place)).Trim());

                // Its own reinstallation, and back to Debian's version.
                await RunAsync(node, "dpkg", "--install", AgentPackage.OnNode);
                await RunAsync(node, "dpkg", "--install", OvnCommon.Same);
                Assert.Equal(AgentPackage.Executable, (await RunAsync(node, "readlink", "-f", OvnCommon.Place)).Trim());

                // For the monitors of both roles to run it.
                await Task.Delay(TimeSpan.FromSeconds(4), Cancellation);
            }
            finally
            {
                // The agent that the image has in this place is there again: the cluster has other tests.
                await RunAsync(node, "dpkg", "--remove", "ovndb-ocf");
                await RunAsync(node, "tar", "-C", "/", "-xf", "/tmp/image.tar");
            }
        }
        finally
        {
            await RunAsync(node, "touch", AgentPackage.StopWatching);
        }

        var lines = (await watch).Stdout.Trim().Split('\n');
        Assert.True(lines.Length == 1, string.Join('\n', lines.Take(5)));
        Assert.InRange(int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture), 50, int.MaxValue);
        Assert.Equal(OvnCommon.Place, (await RunAsync(node, "readlink", "-f", OvnCommon.Place)).Trim());
    }

    private static async Task<string> RunAsync(ClusterNode node, params string[] command) =>
        (await node.ExecCheckedAsync(command, TimeSpan.FromSeconds(90), cancellationToken: Cancellation)).Stdout;
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormPackageTests(BookwormLifecycleCluster lifecycle) : PackageTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
public sealed class TrixiePackageTests(TrixieLifecycleCluster lifecycle) : PackageTests(lifecycle);
