using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>OVN's files in other places than the distribution's.</summary>
public abstract class OtherDirectoriesTests(OtherDirectoriesFixture fixture) : ShapeTests(fixture)
{
    private static readonly string[] Defaults = ["/run/ovn", "/var/lib/ovn", "/var/log/ovn", "/etc/ovn"];

    [Fact(Timeout = Limit)]
    public async Task All_files_are_there_and_none_in_the_usual_places()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, _, backup) = await fixture.LookAsync(cancellation);
        var files = await FilesAsync(backup, [OtherDirectoriesFixture.Top], cancellation);

        foreach (var database in new[] { "nb", "sb" })
        {
            Assert.Contains($"{OtherDirectoriesFixture.Run}/ovn{database}_db.ctl", files);
            Assert.Contains($"{OtherDirectoriesFixture.Run}/ovn{database}_db.sock", files);
            Assert.Contains($"{OtherDirectoriesFixture.Run}/ovn{database}_db.pid", files);
            Assert.Contains($"{OtherDirectoriesFixture.Database}/ovn{database}_db.db", files);
            Assert.Contains($"{OtherDirectoriesFixture.Log}/ovsdb-server-{database}.log", files);
            Assert.Contains($"{OtherDirectoriesFixture.Configuration}/ovn/ovn{database}-active.conf", files);
        }

        foreach (var node in fixture.Cluster.Nodes)
        {
            Assert.Empty(await FilesAsync(node, Defaults, cancellation));
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Northd_finds_the_databases_there()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, active, _) = await fixture.LookAsync(cancellation);

        Assert.Contains(
            $"{OtherDirectoriesFixture.Run}/ovn-northd.pid",
            await FilesAsync(active, [OtherDirectoriesFixture.Run], cancellation)
        );
        await active.ExecCheckedAsync(
            ["ovn-nbctl", "--timeout=20", $"--db=unix:{OtherDirectoriesFixture.Run}/ovnnb_db.sock", "--wait=sb", "sync"],
            cancellationToken: cancellation
        );
    }

    [Fact(Timeout = Limit)]
    public async Task A_stop_leaves_nothing_running_and_a_start_finds_the_data_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var node = fixture.Cluster.Nodes[0];
        await node.ExecCheckedAsync(["pcs", "resource", "disable", fixture.Shape.CloneId], cancellationToken: cancellation);
        await fixture.Cluster.WaitForAsync(
            "all instances stopped",
            status => !status.Instances(fixture.Shape.Resource).Any(instance => instance.Active),
            ShapeFixture.Recovery,
            cancellation
        );
        foreach (var each in fixture.Cluster.Nodes)
        {
            var left = await each.ExecAsync(["pgrep", "--list-full", "ovsdb-server|ovn-northd"], cancellationToken: cancellation);
            Assert.True(left.ExitCode == 1, $"{each.Name} still runs {left.Output}");
        }

        await node.ExecCheckedAsync(["pcs", "resource", "enable", fixture.Shape.CloneId], cancellationToken: cancellation);
        await fixture.HoldAsync("started again");
    }

    private static async Task<IReadOnlyList<string>> FilesAsync(
        Machine node,
        IEnumerable<string> directories,
        CancellationToken cancellationToken
    )
    {
        var found = await node.ExecAsync(["find", .. directories, "!", "-type", "d"], cancellationToken: cancellationToken);
        return found.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

public sealed class DirectoriesByParameterTests(DirectoriesByParameter fixture)
    : OtherDirectoriesTests(fixture),
        IClassFixture<DirectoriesByParameter>;

public sealed class DirectoriesByEnvironmentTests(DirectoriesByEnvironment fixture)
    : OtherDirectoriesTests(fixture),
        IClassFixture<DirectoriesByEnvironment>;

/// <summary>virtual-ip.sh on two nodes with other directories.</summary>
public abstract class OtherDirectoriesFixture(ClusterOptions options) : ShapeFixture(options with { Nodes = 2 })
{
    internal const string Top = "/srv/ovn-control";
    internal const string Run = $"{Top}/run";
    internal const string Database = $"{Top}/db";
    internal const string Log = $"{Top}/log";
    internal const string Configuration = $"{Top}/etc";

    /// <inheritdoc/>
    protected override string Script => "virtual-ip.sh";

    /// <inheritdoc/>
    protected override ClusterShape Describe() => new() { Address = Cluster.VirtualIp, RunDirectory = Run };
}

/// <summary>The directories are the agent's parameters.</summary>
public sealed class DirectoriesByParameter() : OtherDirectoriesFixture(new ClusterOptions { Release = DebianRelease.Trixie })
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Arguments =>
        // With a slash too many, as people write it.
        [$"ovn_rundir={Run}/", $"ovn_dbdir={Database}", $"ovn_logdir={Log}", $"ovn_sysconfdir={Configuration}"];
}

/// <summary>The directories are in the environment of Pacemaker's daemons, as a distribution's defaults file would have them.</summary>
public sealed class DirectoriesByEnvironment()
    : OtherDirectoriesFixture(
        new ClusterOptions
        {
            Release = DebianRelease.Bookworm,
            Environment = new Dictionary<string, string>
            {
                ["OVN_RUNDIR"] = $"{Top}//./run",
                ["OVN_DBDIR"] = Database,
                ["OVN_LOGDIR"] = Log,
                ["OVN_SYSCONFDIR"] = Configuration,
            },
        }
    );
