using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Packages;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Another version of the package is installed on one node after the other, the promoted one last, and dpkg is killed; what nobody disturbs is in <see cref="Lifecycle.PackageTests"/>.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class InterruptedPackageUpgradeTests(BookwormFencedPairCluster lifecycle)
    : ReplacementSteps(lifecycle),
        IClassFixture<BookwormFencedPairCluster>
{
    private const int Limit = 500_000;
    private const string Directory = "/root/versions";
    private const string Newer = $"{Directory}/newer.deb";
    private const string Former = $"{Directory}/former";
    private const string NewerTree = $"{Directory}/newer";
    private const string Agent = "/usr/lib/ovndb-ocf/ovndb-servers";

    // A few more bytes at the end of an executable change nothing that it does, and tell one file from the other.
    private const string Repack = $$"""
        rm -rf {{Directory}}
        mkdir {{Directory}}
        dpkg-deb --raw-extract {{AgentPackage.OnNode}} {{Former}}
        cp -a {{Former}} {{NewerTree}}
        cd {{NewerTree}}
        sed -i 's/^Version: .*/&+newer/' DEBIAN/control
        for program in usr/lib/ovndb-ocf/ovndb-servers usr/sbin/ovndbctl; do printf newer >> $program; done
        find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum > DEBIAN/md5sums
        dpkg-deb --root-owner-group -Znone --build . {{Newer}}
        """;

    // dpkg has written what it had read when nothing more comes.
    private static readonly ReplacementKill HalfOfTheArchive = new(
        "dpkg-deb",
        "--fsys-tarfile*",
        "/usr/bin/dpkg-deb \"$@\" | head -c 14000000; sleep 1"
    );

    /// <summary>A moment at which dpkg is killed.</summary>
    public enum Moment
    {
        /// <summary>dpkg has half of the files beside the former ones.</summary>
        Extracting,

        /// <summary>The agent is the new one, ovndbctl the former one.</summary>
        Renaming,

        /// <summary>All files are new, and no script has run; apt-get calls dpkg once more for that.</summary>
        Unpacked,

        /// <summary>The package's script looks at the agent's place.</summary>
        Configuring,
    }

    [Theory(Timeout = Limit)]
    [InlineData(Moment.Extracting)]
    [InlineData(Moment.Renaming)]
    [InlineData(Moment.Unpacked)]
    [InlineData(Moment.Configuring)]
    public async Task Dpkg_is_killed_and_the_node_loses_power_and_the_upgrade_is_completed(Moment moment)
    {
        var (active, backup) = await FormerVersionAsync(TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await using var clients = await SlowClientsAsync();
        foreach (var node in new[] { backup, active })
        {
            await KillAsync(node, moment);
            await WorksAsync(node, active.Name);
            await LosePowerAsync(clients, node);
            await IsAsync(node, moment);
            await CompleteAsync(node);
        }

        await MoveAsync(active);
        await KeepsAllRowsAsync(clients, log, shellAgent: false);
        await InOrderAsync("upgraded");
    }

    private static async Task KillAsync(ClusterNode node, Moment moment)
    {
        switch (moment)
        {
            case Moment.Extracting:
                await KillAsync(node, HalfOfTheArchive, "dpkg", "--install", Newer);
                break;
            case Moment.Renaming:
                await KillDpkgAsync(node, "rename", "/usr/sbin/ovndbctl.dpkg-new", "--install", Newer);
                break;
            case Moment.Unpacked:
                await RunAsync(node, 0, "dpkg", "--unpack", Newer);
                break;
            case Moment.Configuring:
                await KillAsync(node, ReplacementKill.Before("dpkg-divert", "*"), "dpkg", "--install", Newer);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(moment), moment, "no such moment");
        }
    }

    /// <summary>Fails unless dpkg and the files are as they have to be after that moment.</summary>
    private static async Task IsAsync(ClusterNode node, Moment moment)
    {
        var (status, agent, ctl) = moment switch
        {
            Moment.Extracting => ("half-installed", Former, Former),
            Moment.Renaming => ("half-installed", NewerTree, Former),
            Moment.Unpacked => ("unpacked", NewerTree, NewerTree),
            Moment.Configuring => ("half-configured", NewerTree, NewerTree),
            _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, "no such moment"),
        };
        Assert.Equal(status, await StatusAsync(node));
        await RunAsync(node, 0, "cmp", Place, agent + Agent);
        await RunAsync(node, 0, "cmp", "/usr/sbin/ovndbctl", ctl + "/usr/sbin/ovndbctl");
    }

    /// <summary>As docs/operations.md says.</summary>
    private static async Task CompleteAsync(ClusterNode node)
    {
        await RunAsync(node, 0, "dpkg", "--configure", "-a");
        await RunAsync(node, 0, "apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", Newer);
        Assert.Equal("installed", await StatusAsync(node));
        await RunAsync(node, 0, "cmp", Place, NewerTree + Agent);
        await RunAsync(node, 0, "dpkg", "--verify", "ovndb-ocf");
        await NothingRemainsAsync(node);
    }

    private async Task<(ClusterNode Active, ClusterNode Backup)> FormerVersionAsync(CancellationToken cancellationToken)
    {
        foreach (var node in Cluster.Nodes)
        {
            await node.CopyInAsync(AgentPackage.BuiltFile, AgentPackage.OnNode, cancellationToken);
            await RunAsync(node, 0, "sh", "-ec", Repack);
            await RunAsync(node, 0, "dpkg", "--install", AgentPackage.OnNode);
        }

        var (_, active, backups) = await BeginAsync(cancellationToken);
        return (active, backups[0]);
    }
}
