using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>The cluster's daemons and tools that give no answer for a while. What is not known changes nothing that is on record.</summary>
public abstract class NoAnswerTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private const string AttrdUpdater = "/usr/sbin/attrd_updater";
    private const string Cibadmin = "/usr/sbin/cibadmin";
    private const string Asked = "/run/no-answer-asked";

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    [Theory(Timeout = 300_000)]
    [InlineData("exit 102")]
    [InlineData("sleep 8; exit 124")]
    public async Task A_question_for_attributes_that_fails_outdates_no_backup(string answer)
    {
        var (_, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        await using (await RefuseQueriesAsync([active], answer))
        {
            await StaysUpToDateAsync(active);
            await active.ExecCheckedAsync(["test", "-e", Asked], cancellationToken: Cancellation);
        }

        await UnchangedAsync(active);
    }

    [Fact(Timeout = 300_000)]
    public async Task An_attribute_daemon_that_is_restarted_outdates_no_backup()
    {
        var (_, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        await active.ExecCheckedAsync(["pkill", "-KILL", "-x", "pacemaker-attrd"], cancellationToken: Cancellation);
        await StaysUpToDateAsync(active);
        await HoldAsync("restart of the attribute daemon", FailoverLimit, also: AllCurrent);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_configuration_that_cannot_be_read_leaves_a_backup_its_score()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        await using (await ReplacedTool.InstallAsync([backups[0]], Cibadmin, "#!/bin/sh\nexit 102\n", Cancellation))
        {
            await StaysAsync(
                "the score of a backup",
                Silence,
                async () =>
                {
                    await ForgetSteadyAsync(backups[0]);
                    var score = (await Cluster.GetStatusAsync(Cancellation)).PromotionScore(Shape.Resource, backups[0].Name);
                    return score == 5 ? null : $"it is {score?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "gone"}";
                }
            );
        }

        await UnchangedAsync(active);
    }

    /// <summary>While what the other nodes have is unknown, nobody is promoted; then somebody is.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Nobody_is_promoted_as_long_as_the_other_copies_are_unknown()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        await WriteAsync(10);
        await HoldAsync("replicated rows", FailoverLimit);
        await using (await RefuseQueriesAsync(backups, "exit 102"))
        {
            await active.PowerOffAsync(Cancellation);
            await UntilAsync(
                "a promotion that asks",
                FailoverLimit,
                async () => (await Task.WhenAll(backups.Select(AskedAsync))).Any(asked => asked) ? null : "nobody asked"
            );
            await StaysAsync(
                "unknown copies",
                TimeSpan.FromSeconds(5),
                async () =>
                    (await ObserveAsync()).Nodes.FirstOrDefault(node =>
                        node.Northbound.Said.Contains("state: active", StringComparison.Ordinal)
                    )
                        is { } promoted
                        ? $"{promoted.Name} is active"
                        : null
            );
        }

        // Giving way because nothing is known may have been counted as a failure.
        await backups[0].ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: Cancellation);
        await HoldAsync($"loss of {active.Name}", FailoverLimit, absent: [active.Name]);
        await active.PowerOnAsync(Cancellation);
        await HoldAsync($"return of {active.Name}", ReturnLimit, also: AllCurrent);
    }

    private static async Task<ReplacedTool> RefuseQueriesAsync(IReadOnlyList<ClusterNode> nodes, string answer)
    {
        await Task.WhenAll(nodes.Select(node => node.ExecCheckedAsync(["rm", "-f", Asked], cancellationToken: Cancellation)));
        return await ReplacedTool.InstallAsync(nodes, AttrdUpdater, RefusingQueries(answer), Cancellation);
    }

    // It notes who asked.
    private static string RefusingQueries(string answer) =>
        $"""
            #!/bin/sh
            for argument; do
                if [ "$argument" = --query ]; then
                    tr '\0' ' ' < "/proc/$PPID/cmdline" >> {Asked}
                    {answer}
                fi
            done
            exec {AttrdUpdater}.real "$@"

            """;

    private static async Task<bool> AskedAsync(ClusterNode node) =>
        (await node.ExecAsync(["grep", "-q", "ovndb-servers promote", Asked], cancellationToken: Cancellation)).ExitCode == 0;

    /// <summary>For a while every monitor of the promoted instance looks at everything.</summary>
    private Task StaysUpToDateAsync(ClusterNode active) =>
        StaysAsync(
            "backups that follow",
            Silence,
            async () =>
            {
                await ForgetSteadyAsync(active);
                return (await RecordAsync(active)).Outdated is { Count: > 0 } outdated ? $"{string.Join(", ", outdated)} outdated" : null;
            }
        );

    /// <summary>Nobody was promoted in between.</summary>
    private async Task UnchangedAsync(ClusterNode active)
    {
        var after = await HoldAsync("answers again", FailoverLimit, also: AllCurrent);
        Assert.Equal(active.Name, Promoted(after));
    }
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormNoAnswerTests(BookwormFreshnessCluster lifecycle) : NoAnswerTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieNoAnswerTests(TrixieFreshnessCluster lifecycle) : NoAnswerTests(lifecycle);
