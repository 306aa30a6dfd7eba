using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary><c>ovndbctl check</c> finds mistakes in a live cluster, and the commands that it names mend them.</summary>
public abstract class CheckTests(CheckCluster fixture)
{
    private const int Limit = 900_000;
    private const string Sockets = "/var/run/ovn";

    // The rule, and what makes the mistake on the promoted node: BACKUP stands for the other one. Each is mended before the next.
    private static readonly (string Rule, string Mistake)[] Mistakes =
    [
        ("notify-missing", "pcs resource meta ovndb-clone notify="),
        ("promoted-node-max", "pcs resource meta ovndb-clone promoted-node-max=2"),
        ("parameter-wrong", "pcs resource update ovndb set_aside_count=many --force"),
        ("migration-threshold", "pcs resource meta ovndb migration-threshold=1"),
        ("failure-timeout", "pcs resource meta ovndb failure-timeout="),
        ("resource-disabled", "pcs resource disable ovn-vip"),
        ("resource-unmanaged", "pcs resource unmanage ovndb-clone"),
        ("monitor-promoted-missing", "pcs resource op delete ovndb-monitor-interval-1s"),
        (
            "monitor-interval",
            "pcs resource op delete ovndb-monitor-interval-3s && pcs resource op add ovndb monitor interval=30s timeout=20s role=Unpromoted"
        ),
        ("monitor-unpromoted-missing", "pcs resource op delete ovndb-monitor-interval-3s"),
        (
            "monitor-without-role",
            "pcs resource op delete ovndb-monitor-interval-3s && pcs resource op add ovndb monitor interval=3s timeout=20s"
        ),
        (
            "monitor-on-fail",
            "pcs resource op delete ovndb-monitor-interval-1s && pcs resource op add ovndb monitor interval=1s timeout=20s role=Promoted on-fail=ignore"
        ),
        ("timeout-short", "pcs resource op delete ovndb-start-interval-0s && pcs resource op add ovndb start interval=0s timeout=5s"),
        ("address-monitor-missing", "pcs resource op delete ovn-vip-monitor-interval-10s"),
        ("colocation-missing", "cibadmin --delete --force --xpath \"//rsc_colocation[@rsc='ovn-vip']\""),
        (
            "colocation-role",
            "cibadmin --delete --force --xpath \"//rsc_colocation[@rsc='ovn-vip']\" && pcs constraint colocation add ovn-vip with ovndb-clone"
        ),
        (
            "colocation-weak",
            "cibadmin --delete --force --xpath \"//rsc_colocation[@rsc='ovn-vip']\" && pcs constraint colocation add ovn-vip with Promoted ovndb-clone score=100"
        ),
        ("order-missing", "cibadmin --delete --force --xpath \"//rsc_order[@then='ovn-vip']\""),
        (
            "order-action",
            "cibadmin --delete --force --xpath \"//rsc_order[@then='ovn-vip']\" && pcs constraint order start ovndb-clone then start ovn-vip"
        ),
        (
            "order-kind",
            "cibadmin --delete --force --xpath \"//rsc_order[@then='ovn-vip']\" && pcs constraint order promote ovndb-clone then start ovn-vip kind=Optional"
        ),
        ("location-ban", "pcs resource ban ovndb-clone BACKUP --promoted"),
        ("fencing-disabled", "pcs property set stonith-enabled=false"),
        ("quorum-ignored", "pcs property set no-quorum-policy=ignore"),
        ("node-standby", "pcs node standby BACKUP"),
        ("maintenance-mode", "pcs property set maintenance-mode=true"),
        ("load-threshold", "pcs property set load-threshold=20%"),
        ("outdated-copies", "pcs resource update ovndb outdated_copies=allow"),
        ("client-probe", "pcs resource update ovndb inactive_probe_interval=0"),
        ("active-probe", "pcs resource update ovndb inactive_probe_interval_to_master=0"),
        ("max-open-files", "pcs resource update ovndb max_open_files=4096"),
        ("set-aside-count", "pcs resource update ovndb set_aside_count=0"),
        ("northd-db-params", "echo --ovnnb-db=tcp:10.0.0.1:6641 > /etc/ovn/ovn-northd-db-params.conf"),
        (
            "connection-all-addresses",
            $"ovn-nbctl --db=unix:{Sockets}/ovnnb_db.sock --id=@row create Connection 'target=\"ptcp:6641\"' -- add NB_Global . connections @row"
        ),
        (
            "role-without-tls",
            $"ovn-sbctl --db=unix:{Sockets}/ovnsb_db.sock --id=@row create Connection 'target=\"ptcp:6700:127.0.0.1\"' role=ovn-controller -- add SB_Global . connections @row"
        ),
    ];

    [Fact(Timeout = Limit)]
    public async Task Nothing_that_matters_is_found_on_any_node_of_the_recommended_set_up()
    {
        foreach (var node in fixture.Cluster.Nodes)
        {
            var findings = await CheckRun.RunAsync(node, null, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(findings, finding => finding.Matters);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_mistake_is_found_and_the_command_that_is_named_mends_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var (rule, mistake) in Mistakes)
        {
            var (_, active, backup) = await fixture.LookAsync(cancellation);
            await active.ExecCheckedAsync(
                ["sh", "-c", mistake.Replace("BACKUP", backup.Name, StringComparison.Ordinal)],
                cancellationToken: cancellation
            );

            var found = (await CheckRun.RunAsync(active, null, cancellation)).FirstOrDefault(finding => finding.Id == rule);
            Assert.True(found is not null, $"{rule} is not found after: {mistake}");
            Assert.NotEqual("unknown", found.Severity);
            Assert.True(found.Command is not null, $"{rule} names no command: {found.Reason}");

            await active.ExecCheckedAsync(["sh", "-c", found.Command], cancellationToken: cancellation);
            var left = (await CheckRun.RunAsync(active, null, cancellation)).FirstOrDefault(finding =>
                finding.Id == rule && finding.Severity != "unknown"
            );

            // On a busy machine a high load is a hint of the same rule.
            Assert.True(left is null || left.Command is null, $"{rule} is still found after: {found.Command}: {left?.Reason}");
            await fixture.Cluster.WaitForIdleAsync(ShapeFixture.Recovery, cancellation);
        }

        await fixture.HoldAsync("all mistakes were mended");
        var findings = await CheckRun.RunAsync(fixture.Cluster.Nodes[0], null, cancellation);
        Assert.DoesNotContain(findings, finding => finding.Matters);
    }
}

public sealed class CheckOnTrixieTests(CheckOnTrixie fixture) : CheckTests(fixture), IClassFixture<CheckOnTrixie>;

[Trait(TestLength.Name, TestLength.Long)]
public sealed class CheckOnBookwormTests(CheckOnBookworm fixture) : CheckTests(fixture), IClassFixture<CheckOnBookworm>;

/// <summary>virtual-ip.sh on two nodes that can be fenced.</summary>
public abstract class CheckCluster(DebianRelease release)
    : ShapeFixture(
        new ClusterOptions
        {
            Release = release,
            Nodes = 2,
            Fencing = true,
        }
    )
{
    /// <inheritdoc/>
    protected override string Script => "virtual-ip.sh";
}

public sealed class CheckOnTrixie() : CheckCluster(DebianRelease.Trixie);

public sealed class CheckOnBookworm() : CheckCluster(DebianRelease.Bookworm);
