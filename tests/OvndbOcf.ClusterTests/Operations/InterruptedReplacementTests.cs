using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Packages;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>replace-agent.sh puts this agent in place of OVN's shell agent, and that one again, on one node after the other, the promoted one last, and is killed at each of its steps.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class InterruptedReplacementTests(BookwormFencedPairCluster lifecycle)
    : ReplacementSteps(lifecycle),
        IClassFixture<BookwormFencedPairCluster>
{
    private const int Limit = 900_000;
    private const string Next = $"{Place}.new";
    private const string Former = $"{Place}.former";
    private static readonly string Script = ExampleScripts.Path("operations/replace-agent.sh");

    private static readonly ReplacementKill[] Kills =
    [
        ReplacementKill.InTheMiddle("install", $"* {Next}"),
        ReplacementKill.Before("grep", "*"),
        ReplacementKill.Before("cmp", "*"),
        ReplacementKill.InTheMiddle("install", $"* {Former}"),
        ReplacementKill.Before("mv", "*"),
        ReplacementKill.After("mv", "*"),
    ];

    [Fact(Timeout = Limit)]
    public async Task The_script_is_killed_at_each_step_there_and_back()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var node in Cluster.Nodes)
        {
            await RunAsync(node, 0, "cp", OvnCommon.UpstreamsTarget, ShellAgent);
            await PutAsync(node, ShellAgent);
        }

        foreach (var (former, agent) in new[] { (ShellAgent, NativeAgent), (NativeAgent, ShellAgent) })
        {
            var (_, active, backups) = await BeginAsync(cancellation);
            var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
            await using var clients = await SlowClientsAsync();
            foreach (var node in backups.Append(active))
            {
                var promoted = active;
                foreach (var kill in Kills)
                {
                    await KillAsync(node, kill, Script, agent);
                    await WorksAsync(node, promoted.Name);

                    // The last moment at which the former one is in the place, and the first one at which it is not.
                    if (kill.Program == "mv")
                    {
                        await RunAsync(node, 0, "cmp", kill == Kills[^1] ? agent : former, Place);
                        promoted = await LosePowerAsync(clients, node);
                    }
                }

                await RunAsync(node, 0, Script, agent);
                await RunAsync(node, 0, "cmp", agent, Place);
                await RunAsync(node, 0, "cmp", former, Former);
                await NothingRemainsAsync(node);
            }

            if (agent == NativeAgent)
            {
                await MoveAsync(active);
                await KeepsAllRowsAsync(clients, log, shellAgent: true);
                await InOrderAsync("this agent");
            }
            else
            {
                // A planned move by the shell agent loses what is acknowledged meanwhile.
                await KeepsAllRowsAsync(clients, log, shellAgent: true);
                await MoveAsync(active);
            }
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Both_files_are_on_the_disk_before_the_place_changes()
    {
        var node = Cluster.Nodes[0];
        await PutAsync(node, NativeAgent);
        await node.ExecCheckedAsync(
            ["cp", OvnCommon.UpstreamsTarget, ShellAgent],
            cancellationToken: TestContext.Current.CancellationToken
        );
        var calls = await DiskCalls.OfAsync(node, [Script, ShellAgent], Cancellation);
        calls.AssertFlushedBeforeRename(Next, Place);
        calls.AssertFlushedBeforeRename(Former, Place);
    }
}
