using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>What the tests of up-to-date copies have in common.</summary>
public abstract class FreshnessTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    /// <summary>A node has to boot and join, then a server has to start and fetch everything.</summary>
    protected static readonly TimeSpan ReturnLimit = TimeSpan.FromSeconds(90);

    /// <summary>Some monitors of every instance.</summary>
    protected static readonly TimeSpan NoticeLimit = TimeSpan.FromSeconds(15);

    /// <summary>Both databases.</summary>
    protected static readonly OvnDatabase[] Databases = [OvnDatabase.Northbound, OvnDatabase.Southbound];

    private static readonly TimeSpan WritingLimit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// Waits until all is well, all backups may be promoted and nothing failed; removes the rows of earlier tests, so that copies stay small.
    /// </summary>
    protected async Task<(ClusterView View, ClusterNode Active, IReadOnlyList<ClusterNode> Backups)> BeginAsync(
        CancellationToken cancellationToken
    )
    {
        await Task.WhenAll(Cluster.Nodes.Select(RestoreNetworkAsync));
        var (view, active) = await ReadyAsync(cancellationToken);
        if (AllCurrent(view) is not null)
        {
            view = await HoldAsync("all copies current", ReturnLimit, also: AllCurrent);
            active = Cluster.Node(Promoted(view));
        }

        await PruneAsync(active);
        await Task.WhenAll(Cluster.Nodes.Select(CompactAsync));
        return (view, active, [.. Cluster.Nodes.Where(node => node != active)]);
    }

    /// <summary>Shortens the files of a node: what was deleted is still in them, and a server that starts reads it all, which takes it 18 s after some of these tests.</summary>
    protected static async Task CompactAsync(ClusterNode node)
    {
        foreach (var name in new[] { "nb", "sb" })
        {
            await node.ExecCheckedAsync(
                ["ovs-appctl", "--timeout=60", "-t", $"/run/ovn/ovn{name}_db.ctl", "ovsdb-server/compact"],
                cancellationToken: Cancellation
            );
        }
    }

    /// <summary>Removes all rows from the active servers, and forgets them.</summary>
    protected async Task PruneAsync(ClusterNode active)
    {
        foreach (var database in Databases)
        {
            Ledger.Forget(database, Ledger.MissingIn(database, new HashSet<string>()));
            await active.ExecCheckedAsync(
                [
                    "ovsdb-client",
                    "--timeout=20",
                    "transact",
                    $"unix:{database.Socket}",
                    $"[\"{database.Name}\",{{\"op\":\"delete\",\"table\":\"{database.Table}\",\"where\":[]}}]",
                ],
                cancellationToken: Cancellation
            );
        }
    }

    /// <summary>What keeps a switchover from going to any of the other nodes; null if nothing does.</summary>
    protected string? AllCurrent(ClusterView view) =>
        view
            .Nodes.Where(node => view.Status.PromotionScore(Shape.Resource, node.Name) is not (5 or 10))
            .Select(node => $"{node.Name} is not current: {Copy(view, node.Name)}")
            .FirstOrDefault();

    /// <summary>The backups that may be promoted at any time.</summary>
    protected IEnumerable<ClusterNode> Current(ClusterView view) =>
        Cluster.Nodes.Where(node => node.Name != Promoted(view) && view.Status.PromotionScore(Shape.Resource, node.Name) is 5);

    /// <summary>Null if a backup may be promoted. One that has just returned waits for its monitor; that takes longer.</summary>
    protected string? SomeCurrent(ClusterView view) => Current(view).Any() ? null : "no backup is current";

    /// <summary>What the instance on a node says of its copies.</summary>
    protected string? Copy(ClusterView view, string node) => view.Status.Attribute(node, $"{Shape.Resource}-copy");

    /// <summary>A client of one database, through the virtual address.</summary>
    protected AcknowledgedWriter Client(OvnDatabase database, double pauseInMilliseconds) =>
        AcknowledgedWriter.Start(
            new WriterOptions
            {
                Address = Cluster.VirtualIp,
                Database = database,
                Pause = TimeSpan.FromMilliseconds(pauseInMilliseconds),
            }
        );

    /// <summary>Waits for more acknowledged rows.</summary>
    protected static Task WaitForWritesAsync(AcknowledgedWriter writer, int more) =>
        writer.WaitForWritesAsync(more, WritingLimit, Cancellation);

    /// <summary>Writes some rows to both databases, and notes them.</summary>
    protected async Task WriteAsync(int rows)
    {
        foreach (var database in Databases)
        {
            await using var client = Client(database, 5);
            await WaitForWritesAsync(client, rows);
            Ledger.Add(database, (await client.StopAsync()).Acknowledged);
        }
    }

    /// <summary>Fails unless one search of the nodes' logs tells the latest promotion from its beginning until a backup has caught up.</summary>
    /// <param name="active">The promoted node.</param>
    /// <param name="ends">What was said of the end of the promotion before it; null where whoever could have said it was lost.</param>
    protected async Task HasStoryAsync(ClusterNode active, string? ends)
    {
        var number = (await RecordAsync(active)).Marker.Number;
        (bool IsOfActive, string Text)[] expected =
        [
            (true, $"promotion {number}: begins on {active.Name} after promotion "),
            (true, $"promotion {number}: NB and SB databases on {active.Name} are active"),
            (false, $"promotion {number}: NB is a backup of {active.Address}"),
            (false, $"promotion {number}: SB is a backup of {active.Address}"),
            (false, $"promotion {number}: the copies here have caught up with {active.Name}"),
        ];
        await UntilAsync(
            $"the story of promotion {number}",
            NoticeLimit,
            async () =>
            {
                var steps = await AgentLog.StoryAsync(Cluster, number, Cancellation);
                return ends is not null && !steps.Any(step => step.Says($" makes way for promotion {number}: {ends}"))
                    ? $"nobody makes way: {ends}"
                    : expected
                        .Where(one => !steps.Any(step => step.Says(one.Text) && step.Node == active.Name == one.IsOfActive))
                        .Select(one => $"nobody says: {one.Text}")
                        .FirstOrDefault();
            }
        );
    }

    /// <summary>The latest promotion on record, as a node knows it.</summary>
    protected async Task<PromotionRecord> RecordAsync(ClusterNode node) =>
        await FindRecordAsync(node) ?? throw new InvalidOperationException("no record of a promotion");

    /// <summary>The same; null if there is none.</summary>
    protected Task<PromotionRecord?> FindRecordAsync(ClusterNode node) => RecordedPromotion.FindAsync(node, Shape.Resource, Cancellation);

    /// <summary>Waits until the record says that the copy on a node lacks rows.</summary>
    protected Task MarkedAsync(ClusterNode active, ClusterNode away) =>
        UntilAsync(
            $"a mark on the copy on {away.Name}",
            FailoverLimit,
            async () =>
                await FindRecordAsync(active) is { } record && record.Outdated.Contains(away.Name) ? null : $"{away.Name} is not outdated"
        );

    /// <summary>Takes the instance away from a node, which stays in the cluster.</summary>
    protected async Task StandbyAsync(ClusterNode node)
    {
        await PcsAsync("node", "standby", node.Name);
        await Cluster.WaitForAsync(
            $"no instance on {node.Name}",
            status => status.Instances(Shape.CloneId).All(instance => instance.Node != node.Name),
            FailoverLimit,
            Cancellation
        );
    }

    /// <summary>
    /// The active node and the last backup that followed it lose power, while a third node is off. Those two backups return in some order, then the active
    /// node: the fresh one has to be promoted, and nobody else.
    /// </summary>
    private protected async Task LoseAllButStaleAsync(AgentLog log, ClusterNode active, ClusterNode fresh, IEnumerable<ClusterNode> order)
    {
        await Task.WhenAll(active.PowerOffAsync(Cancellation), fresh.PowerOffAsync(Cancellation));
        foreach (var node in order)
        {
            await node.PowerOnAsync(Cancellation);
            await RunsPacemakerAsync(node);
        }

        var without = await HoldAsync($"return without {active.Name}", ReturnLimit, absent: [active.Name]);
        Assert.Equal(fresh.Name, Promoted(without));
        await active.PowerOnAsync(Cancellation);
        var with = await HoldAsync($"return of {active.Name}", ReturnLimit, also: AllCurrent);
        Assert.Equal(fresh.Name, Promoted(with));
        Assert.All(await log.PromotionsAsync(Cancellation), promotion => Assert.Equal(fresh.Name, promotion.Node));
    }

    /// <summary>Waits until something is so that was not, told by what is still missing.</summary>
    protected static async Task UntilAsync(string what, TimeSpan within, Func<Task<string?>> missing)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (await missing() is { } problem)
        {
            Assert.True(clock.Elapsed < within, $"{what}: not within {within.TotalSeconds:0} s: {problem}");
            await Task.Delay(LookPause, Cancellation);
        }
    }

    /// <summary>Fails if something is found to be wrong before the time is over.</summary>
    protected static async Task StaysAsync(string what, TimeSpan time, Func<Task<string?>> wrong)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            var problem = await wrong();
            Assert.True(problem is null, $"{what}: after {clock.Elapsed.TotalSeconds:0.0} s: {problem}");
            await Task.Delay(LookPause, Cancellation);
        }
    }

    /// <summary>Makes the next monitor of a node's instance look at everything anew.</summary>
    protected Task ForgetSteadyAsync(ClusterNode node) =>
        node.ExecCheckedAsync(["rm", "-f", $"/run/resource-agents/ovndb-servers-{Shape.Resource}.steady"], cancellationToken: Cancellation);

    /// <summary>The names of the rows in a file that was set aside.</summary>
    protected static Task<IReadOnlySet<string>> RowsOfFileAsync(ClusterNode node, string path) =>
        DatabaseFiles.RowsAsync(node, path, Cancellation);

    /// <summary>Makes a node's kernel drop what its servers (<c>sport</c>) or its backups (<c>dport</c>) send to another node, until it loses power.</summary>
    protected static Task DropAsync(ClusterNode node, string side, ClusterNode other) =>
        ReplicationCut.DropAsync(node, side, other, Cancellation);

    /// <summary>After a test that failed: a node that is off has no rules.</summary>
    private static Task RestoreNetworkAsync(ClusterNode node) => ReplicationCut.EndAsync(node, Cancellation);

    /// <summary>Which database a file is of.</summary>
    protected static OvnDatabase DatabaseOf(string path) => DatabaseFiles.DatabaseOf(path);

    /// <summary>Waits until Pacemaker answers on a node that was powered on.</summary>
    protected static Task RunsPacemakerAsync(ClusterNode node) =>
        UntilAsync(
            "a node's return",
            ReturnLimit,
            async () =>
                (await node.ExecAsync(["crm_mon", "-1"], cancellationToken: Cancellation)).ExitCode == 0
                    ? null
                    : $"no Pacemaker on {node.Name}"
        );

    /// <summary>Tells the test's log.</summary>
    protected static void Tell(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
