using System.Text.RegularExpressions;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary><c>ovndbctl switchover</c> while clients write all the time, and what Ctrl-C in the middle of it leaves behind.</summary>
public abstract partial class CtlSwitchoverTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    private const int Moves = 5;
    private const int Interrupted = 130;

    /// <summary>4 ms and the answer make about 200 writes a second on a machine that is not busy with much else.</summary>
    private const int Pause = 4;

    private static readonly TimeSpan WritingLimit = TimeSpan.FromSeconds(40);

    [Fact(Timeout = 400_000)]
    public async Task Under_about_200_writes_a_second_no_row_is_lost_and_no_constraint_is_left()
    {
        var (view, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        for (var i = 1; i <= Moves; i++)
        {
            var (from, target) = (active, Backup(view));
            await WriteDuringAsync(async () =>
            {
                var moved = await from.ExecAsync(["ovndbctl", "switchover", "--to", target.Name], cancellationToken: Cancellation);
                Tell(moved.Output);
                Assert.True(moved.ExitCode == 0, moved.Output);
                Assert.Contains("proven to have every row", moved.Stdout, StringComparison.Ordinal);
            });
            Assert.Empty(await MovesLeftAsync());
            view = await HoldAsync(
                $"switchover {i}",
                FailoverLimit,
                also: now => Promoted(now) == target.Name ? NotPromotable(now) : $"promoted is {Promoted(now)}, not {target.Name}"
            );
            active = target;
        }
    }

    /// <summary>As a terminal does it, the whole process group gets the signal, with the tool of the cluster that runs just then.</summary>
    [Fact(Timeout = 400_000)]
    public async Task Ctrl_C_in_the_middle_says_who_is_active_and_leaves_no_constraint()
    {
        var (view, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var interrupted = 0;
        foreach (var after in (string[])["0.2", "0.5", "0.8", "1.1", "1.5"])
        {
            var (from, target) = (active, Backup(view));
            await WriteDuringAsync(async () =>
            {
                var ended = await from.ExecAsync(
                    ["timeout", "--preserve-status", "--signal=INT", after, "ovndbctl", "switchover", "--to", target.Name],
                    cancellationToken: Cancellation
                );
                Tell($"Ctrl-C after {after} s: {ended.ExitCode}\n{ended.Output}");
                var left = await MovesLeftAsync();
                Assert.True(
                    left.Count == 0 || ended.Stdout.Contains("cibadmin --delete", StringComparison.Ordinal),
                    $"not told: {string.Join(", ", left)}"
                );
                if (ended.ExitCode == Interrupted)
                {
                    interrupted++;

                    // A signal before the program is ready for it just ends it.
                    if (ended.Output.Length > 0 && !ended.Stderr.Contains("nothing was changed", StringComparison.Ordinal))
                    {
                        var said = StateSaid().Match(ended.Stdout);
                        Assert.True(said.Success, ended.Output);
                        Assert.Contains(said.Groups["node"].Value, (string[])[from.Name, target.Name, "Nobody"]);
                    }
                }
                else
                {
                    // The move was quicker than the finger.
                    Assert.True(ended.ExitCode == 0, ended.Output);
                }
            });
            view = await HoldAsync($"Ctrl-C after {after} s", FailoverLimit, also: NotPromotable);
            Assert.Empty(await MovesLeftAsync());
            Assert.Contains(Promoted(view), (string[])[from.Name, target.Name]);
            active = Cluster.Node(Promoted(view));
        }

        Assert.True(interrupted > 0, "each move was over before the signal");
    }

    private async Task<IReadOnlyList<string>> MovesLeftAsync() =>
        [
            .. MoveId()
                .Matches(
                    (
                        await Cluster
                            .Nodes[0]
                            .ExecCheckedAsync(["cibadmin", "--query", "--scope", "configuration"], cancellationToken: Cancellation)
                    ).Stdout
                )
                .Select(match => match.Groups["id"].Value),
        ];

    /// <summary>Writes to both databases through the virtual address before, while and after something is done. What was acknowledged goes to the ledger.</summary>
    private async Task WriteDuringAsync(Func<Task> action)
    {
        await using var northbound = Client(OvnDatabase.Northbound, Pause);
        await using var southbound = Client(OvnDatabase.Southbound, 10 * Pause);
        await northbound.WaitForWritesAsync(200, WritingLimit, Cancellation);
        var rate = northbound.Count / northbound.Elapsed.TotalSeconds;
        var begin = northbound.Elapsed;
        await action();
        await northbound.WaitForWritesAsync(50, WritingLimit, Cancellation);
        await southbound.WaitForWritesAsync(5, WritingLimit, Cancellation);
        var report = await northbound.StopAsync();
        Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);
        Ledger.Add(OvnDatabase.Southbound, (await southbound.StopAsync()).Acknowledged);
        Tell($"{report.Acknowledged.Count} rows, {rate:0} a second, outage {report.LongestGapAfter(begin)!.Length.TotalSeconds:0.00} s");
    }

    private AcknowledgedWriter Client(OvnDatabase database, int pauseInMilliseconds) =>
        AcknowledgedWriter.Start(
            new WriterOptions
            {
                Address = Cluster.VirtualIp,
                Database = database,
                Pause = TimeSpan.FromMilliseconds(pauseInMilliseconds),
            }
        );

    private static void Tell(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);

    // One that was reached just then is told as after any other move.
    [GeneratedRegex(@"^(?<node>\S+) is active( now; Pacemaker may still be at work\.|, promotion \d+: )", RegexOptions.Multiline)]
    private static partial Regex StateSaid();

    [GeneratedRegex("id=\"(?<id>cli-[^\"]*)\"")]
    private static partial Regex MoveId();
}

[Collection(typeof(BookwormLifecycle))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class BookwormCtlSwitchoverTests(BookwormLifecycleCluster lifecycle) : CtlSwitchoverTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieCtlSwitchoverTests(TrixieLifecycleCluster lifecycle) : CtlSwitchoverTests(lifecycle);
