using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Packages;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>The package takes the place of OVN's shell agent on one node after the other, the promoted one last, and gives it back, and dpkg is killed with the scripts that it runs.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class InterruptedRemovalTests(BookwormFencedPairCluster lifecycle)
    : ReplacementSteps(lifecycle),
        IClassFixture<BookwormFencedPairCluster>
{
    private const int Limit = 900_000;
    private const string Target = OvnCommon.UpstreamsTarget;
    private const string Kept = "/usr/lib/ocf/resource.d/ovn/.ovndb-servers.distrib";
    private const string Remove = "--remove";

    // In their order, so that each run comes further than the one before. Just before the last one's rename everything is this agent's but the place itself, where that is a file.
    private static readonly ReplacementKill[] Claiming =
    [
        ReplacementKill.Before("mv", $"*claimed* {OvnCommon.DebiansTarget}"),
        ReplacementKill.After("dpkg-divert", $"*--add {Target}"),
        ReplacementKill.InTheMiddle("cp", $"-a* {Target} *"),
        ReplacementKill.Before("mv", $"*claimed* {Target}"),
        ReplacementKill.After("mv", $"*claimed* {Target}"),
        ReplacementKill.InTheMiddle("cp", $"-a* {Place} *"),
        ReplacementKill.Before("mv", $"*claimed* {Place}"),
    ];

    private static readonly ReplacementKill[] Releasing =
    [
        ReplacementKill.After("mv", $"*.distrib {Place}"),
        ReplacementKill.After("dpkg-divert", $"*--remove {Place}"),
        ReplacementKill.After("mv", $"*.distrib {Target}"),
    ];

    private static readonly string[] FindKept = ["find", "/usr", "-xdev", "-name", "*ovndb-servers*.distrib"];

    /// <param name="link">Whether the place is a link to what OVN's package has, or a file.</param>
    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dpkg_is_killed_while_the_place_is_taken_and_given_back(bool link)
    {
        var (active, backup) = await ShellAgentAsync(link, TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await using (var clients = await SlowClientsAsync())
        {
            foreach (var node in new[] { backup, active })
            {
                await KillEachAsync(node, active, Claiming, link, "dpkg", "--install", AgentPackage.OnNode);
                await LosePowerAsync(clients, node);
                await RunAsync(node, 0, "dpkg", "--configure", "-a");
                await RunAsync(node, 0, "apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", AgentPackage.OnNode);
                Assert.Equal(AgentPackage.Executable, (await RunAsync(node, 0, "readlink", "-f", Place)).Trim());
                await NothingRemainsAsync(node);
            }

            await MoveAsync(active);
            await KeepsAllRowsAsync(clients, log, shellAgent: true);
        }

        await InOrderAsync("this agent");
        await using (var clients = await SlowClientsAsync())
        {
            foreach (var node in new[] { backup, active })
            {
                await KillEachAsync(node, active, Releasing, link, "dpkg", Remove, AgentPackage.Name);
                await LosePowerAsync(clients, node);
                await KillDpkgAsync(node, "unlink", AgentPackage.Executable, Remove, AgentPackage.Name);
                await WorksAsync(node, node == active ? backup.Name : active.Name);
                await RunAsync(node, 0, "dpkg", "--configure", "-a");
                await RunAsync(node, 0, "apt-get", "remove", "--quiet=2", "--yes", AgentPackage.Name);
                await IsAsBeforeAsync(node, link);
            }

            // A planned move by the shell agent loses what is acknowledged meanwhile.
            await KeepsAllRowsAsync(clients, log, shellAgent: true);
        }

        await MoveAsync(active);
    }

    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_package_is_removed_when_its_installation_has_not_been_completed(bool link)
    {
        var (active, backup) = await ShellAgentAsync(link, TestContext.Current.CancellationToken);
        foreach (var kill in Claiming.Where(kill => Happens(kill, link)))
        {
            await KillAsync(backup, kill, "dpkg", "--install", AgentPackage.OnNode);
            await RunAsync(backup, 0, "dpkg", Remove, AgentPackage.Name);
            await IsAsBeforeAsync(backup, link);
        }

        await WorksAsync(backup, active.Name);
    }

    /// <summary>dpkg runs the package's scripts before other removals, and not before this one.</summary>
    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_package_is_removed_while_it_is_only_unpacked(bool link)
    {
        var (_, backup) = await ShellAgentAsync(link, TestContext.Current.CancellationToken);
        await RunAsync(backup, 0, "dpkg", "--install", AgentPackage.OnNode);
        await RunAsync(backup, 0, "dpkg", "--unpack", AgentPackage.OnNode);
        Assert.Equal("unpacked", await StatusAsync(backup));
        await RunAsync(backup, 0, "apt-get", "remove", "--quiet=2", "--yes", AgentPackage.Name);
        await IsAsBeforeAsync(backup, link);
        await HoldAsync("removed", ReturnLimit, also: AllCurrent);
    }

    [Fact(Timeout = Limit)]
    public async Task What_is_kept_is_on_the_disk_before_the_place_changes()
    {
        var (_, backup) = await ShellAgentAsync(link: false, TestContext.Current.CancellationToken);
        var calls = await DiskCalls.OfAsync(backup, ["dpkg", "--install", AgentPackage.OnNode], Cancellation);
        calls.AssertFlushedBeforeRename("/usr/lib/ocf/resource.d/ovn/.ovndb-servers.claimed", Kept);
        calls.AssertFlushedBeforeRename($"{Target}.claimed", $"{Target}.distrib");
    }

    /// <summary>A link in the place stays: what it leads to is replaced.</summary>
    private static bool Happens(ReplacementKill kill, bool link) =>
        !link || kill.Program == "dpkg-divert" || !kill.Arguments.Contains(Place, StringComparison.Ordinal);

    /// <summary>One run after the other is killed, each later than the one before.</summary>
    private async Task KillEachAsync(ClusterNode node, ClusterNode active, ReplacementKill[] kills, bool link, params string[] command)
    {
        foreach (var kill in kills.Where(kill => Happens(kill, link)))
        {
            await KillAsync(node, kill, command);
            await WorksAsync(node, active.Name);
        }
    }

    /// <summary>All nodes have OVN's shell agent and no package, as if this agent had never been there.</summary>
    private async Task<(ClusterNode Active, ClusterNode Backup)> ShellAgentAsync(bool link, CancellationToken cancellationToken)
    {
        foreach (var node in Cluster.Nodes)
        {
            await node.CopyInAsync(AgentPackage.BuiltFile, AgentPackage.OnNode, cancellationToken);
            await RunAsync(node, 0, "sh", "-c", $"! dpkg-query --show {AgentPackage.Name} || dpkg --purge {AgentPackage.Name}");
            await RunAsync(node, 0, "sh", "-c", $"[ -e {ShellAgent} ] || cp {Target} {ShellAgent}");
            await PutAsync(node, NativeAgent);
        }

        // Its listeners are open, as if it had promoted just now.
        var (_, active, backups) = await BeginAsync(cancellationToken);
        foreach (var node in Cluster.Nodes)
        {
            await PutAsync(node, ShellAgent);
            if (link)
            {
                await RunAsync(node, 0, "ln", "-sfn", Target, Place);
            }
        }

        return (active, backups[0]);
    }

    private static async Task IsAsBeforeAsync(ClusterNode node, bool link)
    {
        await RunAsync(node, 0, "cmp", ShellAgent, Target);
        await RunAsync(node, 0, "cmp", ShellAgent, Place);
        Assert.Equal(link ? Target : Place, (await RunAsync(node, 0, "readlink", "-f", Place)).Trim());
        Assert.Equal("", await RunAsync(node, 0, "dpkg-divert", "--list", "*ovndb-servers*"));
        Assert.Equal("", await RunAsync(node, 0, FindKept));
        await NothingRemainsAsync(node);
    }
}
