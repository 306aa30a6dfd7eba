using System.Text.RegularExpressions;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Status;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>Only a copy is left that lacks rows: nobody is promoted until a person says so.</summary>
public abstract partial class OnlyOutdatedTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private const string Override = "allow-outdated-ovndb";

    private const string RefusingChanges = """
        #!/bin/sh
        case " $* " in
            *" --modify "*) echo "the configuration is not to be changed" >&2; exit 1 ;;
        esac
        exec "$0.real" "$@"
        """;

    /// <summary>What the instance advises beside the command by which the loss is accepted.</summary>
    protected virtual string FurtherAdvice => "accept the loss: attrd_updater";

    [Fact(Timeout = 400_000)]
    public async Task Nobody_is_promoted_while_only_an_outdated_copy_is_there_until_a_person_allows_it()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var stale = backups[0];
        var refused = await stale.ExecAsync(["ovndbctl", "failover", "--accept-loss", "--yes"], cancellationToken: Cancellation);
        Assert.True(refused.ExitCode == 4, refused.Output);
        Assert.Contains($"{active.Name} is active", refused.Stdout, StringComparison.Ordinal);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);

        // The mark on record comes too late for its copy of the configuration, which is all that it has when it returns alone: what it noted itself has to do.
        await using (await ReplacedTool.InstallAsync([active], "/usr/sbin/cibadmin", RefusingChanges, Cancellation))
        {
            await stale.ShutDownAsync(Cancellation);
        }

        await HoldAsync($"{stale.Name} is away", FailoverLimit, absent: [stale.Name]);
        await WriteAsync(30);
        await MarkedAsync(active, stale);
        await active.PowerOffAsync(Cancellation);
        await stale.PowerOnAsync(Cancellation);
        await RunsPacemakerAsync(stale);
        await stale.ExecCheckedAsync(["pcs", "node", "unstandby", stale.Name], cancellationToken: Cancellation);

        // Told at the start and by two monitors: the cluster had time to do something wrong.
        await UntilAsync(
            "refusals",
            ReturnLimit,
            async () =>
                (await log.LinesAsync(stale, Cancellation))
                    .Where(line => line.Contains(FurtherAdvice, StringComparison.Ordinal))
                    .Select(line => AgentProcess().Match(line).Value)
                    .Distinct()
                    .Count()
                    is var count
                        and < 3
                    ? $"told by {count} actions"
                    : null
        );

        // The attribute for people comes some seconds later.
        await UntilAsync(
            "the attribute for people",
            ReturnLimit,
            async () => (await ShownAsync(stale)).Contains(FurtherAdvice, StringComparison.Ordinal) ? null : "not told"
        );
        var shown = await ShownAsync(stale);
        Assert.Contains("Outdated promotion=", shown, StringComparison.Ordinal);
        var status = await stale.GetClusterStatusAsync(Cancellation);
        Assert.Empty(status.NodesInRole(Shape.CloneId, ResourceRole.Promoted));
        Assert.Empty(await log.PromotionsAsync(Cancellation));
        Assert.Equal(-1_000_000, status.PromotionScore(Shape.Resource, stale.Name));
        await AcceptLossAsync(active, stale, OverrideCommand().Match(shown).Value, log);
    }

    /// <summary>Accepts the loss as a person does, which is by that command where <c>ovndbctl</c> is not at hand.</summary>
    protected virtual async Task AcceptAsync(ClusterNode stale, string command)
    {
        // Who only asks, or has nobody who could confirm it, changes nothing.
        foreach (
            var words in (string[][])
                [
                    ["--dry-run"],
                    [],
                    ["--accept-loss"],
                ]
        )
        {
            var asked = await stale.ExecAsync(["ovndbctl", "failover", .. words], cancellationToken: Cancellation);
            Assert.True(asked.ExitCode == (words is ["--dry-run"] ? 0 : 4), asked.Output);
            Assert.Contains($"{stale.Name} would be active.", asked.Stdout, StringComparison.Ordinal);
        }

        Assert.Empty((await stale.GetClusterStatusAsync(Cancellation)).NodesInRole(Shape.CloneId, ResourceRole.Promoted));
        var accepted = await stale.ExecAsync(["ovndbctl", "failover", "--accept-loss", "--yes"], cancellationToken: Cancellation);
        Tell(accepted.Output);
        Assert.True(accepted.ExitCode == 0, accepted.Output);
        Assert.Contains($"{stale.Name} is active, promotion ", accepted.Stdout, StringComparison.Ordinal);
        Assert.Contains("Clients can write again", accepted.Stdout, StringComparison.Ordinal);
    }

    private static async Task<string> ShownAsync(ClusterNode node) =>
        (await node.ExecCheckedAsync(["crm_mon", "-A1"], cancellationToken: Cancellation)).Stdout;

    private async Task AcceptLossAsync(ClusterNode active, ClusterNode stale, string command, AgentLog log)
    {
        Tell(command);
        var unknown = new HashSet<string>();
        var lost = new[] { OvnDatabase.Northbound, OvnDatabase.Southbound }.ToDictionary(
            database => database,
            database => Ledger.MissingIn(database, unknown)
        );
        foreach (var (database, rows) in lost)
        {
            Ledger.Forget(database, rows);
        }

        await AcceptAsync(stale, command);
        await HoldAsync("the loss is accepted", ReturnLimit, absent: [active.Name]);
        Assert.Contains(
            await log.LinesAsync(stale, Cancellation),
            line => line.Contains("WARNING: an operator allowed this copy to be promoted", StringComparison.Ordinal)
        );
        var left = await stale.ExecAsync(["attrd_updater", "-n", Override, "-Q", "-A"], cancellationToken: Cancellation);
        Assert.DoesNotMatch("value=\"[^\"]", left.Stdout);

        await active.PowerOnAsync(Cancellation);
        var both = await HoldAsync($"return of {active.Name}", ReturnLimit, also: AllCurrent);
        Assert.Equal(stale.Name, Promoted(both));
        var files = await log.SetAsideAsync(active, Cancellation);
        foreach (var (database, rows) in lost)
        {
            var served = await RowReader.ReadLocalNamesAsync(database, stale, Cancellation);
            var missing = rows.Except(served).ToList();
            Assert.NotEmpty(missing);
            Assert.Empty(missing.Except(await RowsOfFileAsync(active, files.Single(file => DatabaseOf(file) == database))));
        }
    }

    [GeneratedRegex(@"ovndb-servers\(ovndb\)\[\d+\]")]
    private static partial Regex AgentProcess();

    [GeneratedRegex(@"attrd_updater -n allow-outdated-\S+ -U \d+ -N \S+")]
    private static partial Regex OverrideCommand();
}

public sealed class BookwormOnlyOutdatedTests(BookwormPairCluster lifecycle)
    : OnlyOutdatedTests(lifecycle),
        IClassFixture<BookwormPairCluster>;

[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieOnlyOutdatedTests(TrixiePairCluster lifecycle) : OnlyOutdatedTests(lifecycle), IClassFixture<TrixiePairCluster>;

/// <summary>The same where the address leads: Pacemaker places it without regard to who may be promoted.</summary>
public abstract class AddressOnOutdatedTests(LifecycleCluster lifecycle) : OnlyOutdatedTests(lifecycle)
{
    /// <inheritdoc/>
    protected override string FurtherAdvice => "colocate the address with the promoted instance, not the reverse";

    /// <inheritdoc/>
    protected override Task AcceptAsync(ClusterNode stale, string command) =>
        stale.ExecCheckedAsync(["sh", "-c", command], cancellationToken: Cancellation);

    [Fact(Timeout = 400_000)]
    public async Task A_planned_move_of_the_address_loses_no_acknowledged_row()
    {
        var (_, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        await using var northbound = Client(OvnDatabase.Northbound, 4);
        await WaitForWritesAsync(northbound, 100);
        await active.ExecCheckedAsync(["pcs", "resource", "ban", Shape.AddressResource!, active.Name], cancellationToken: Cancellation);
        await Cluster.WaitForAsync(
            "another active",
            status => status.PromotedNode(Shape.CloneId) is { } promoted && promoted != active.Name,
            FailoverLimit,
            Cancellation
        );
        await WaitForWritesAsync(northbound, 50);
        Ledger.Add(OvnDatabase.Northbound, (await northbound.StopAsync()).Acknowledged);
        await active.ExecCheckedAsync(["pcs", "resource", "clear", Shape.AddressResource!], cancellationToken: Cancellation);
        var after = await HoldAsync("move of the address", FailoverLimit, also: AllCurrent);
        Assert.NotEqual(active.Name, Promoted(after));
    }

    [Fact(Timeout = 400_000)]
    public async Task A_crash_of_the_active_servers_is_recovered_from()
    {
        var (view, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        await WriteAsync(20);
        await HoldAsync("replicated rows", FailoverLimit);
        await SignalAsync(active, "KILL", view[active.Name].Northbound.Pid, view[active.Name].Southbound.Pid);
        await HoldAsync(
            "crash",
            FailoverLimit,
            also: now => now[active.Name].Northbound.Process == view[active.Name].Northbound.Process ? "not noticed yet" : null
        );
    }
}

public sealed class BookwormAddressOnOutdatedTests(BookwormAddressFirstCluster lifecycle)
    : AddressOnOutdatedTests(lifecycle),
        IClassFixture<BookwormAddressFirstCluster>;

[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieAddressOnOutdatedTests(TrixieAddressFirstCluster lifecycle)
    : AddressOnOutdatedTests(lifecycle),
        IClassFixture<TrixieAddressFirstCluster>;
