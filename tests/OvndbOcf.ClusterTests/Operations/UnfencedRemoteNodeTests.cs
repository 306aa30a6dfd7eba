using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Remote nodes without a fence device: nobody ends the active servers of one that the cluster has lost.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class UnfencedRemoteNodeTests(UnfencedRemoteNodes fixture) : RemoteNodeSteps(fixture), IClassFixture<UnfencedRemoteNodes>
{
    private const string Remoted = "/usr/sbin/pacemaker-remoted";
    private const string Late = "written-beside-the-new-active-servers";

    [Fact(Timeout = 400_000)]
    public async Task Active_servers_stay_where_pacemaker_remote_has_died_and_their_rows_are_set_aside()
    {
        var (active, backup) = await fixture.BeginAsync(TestContext.Current.CancellationToken);
        var before = await fixture.Invariants(fixture.Shape).ObserveAsync(Cancellation);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await using var clients = await ClientsAsync();

        // It is started again a second later, as systemd does, unless it cannot be.
        clients.Interrupted();
        await DoAsync(active, "chmod", "-x", Remoted);
        await DoAsync(active, "pkill", "-KILL", "-f", "^pacemaker-remoted");
        await PromotedAsync(backup);
        await clients.WaitForWritesAsync(40);

        var beside = await fixture.Invariants(fixture.Shape).ObserveAsync(Cancellation);
        Assert.Equal(before[active.Name].Northbound.Process, beside[active.Name].Northbound.Process);
        await DoAsync(active, "ovn-nbctl", "--no-leader-only", $"--db=unix:{OvnDatabase.Northbound.Socket}", "ls-add", Late);

        await DoAsync(active, "chmod", "+x", Remoted);
        await Cluster.WaitForNodesAsync(ReturnLimit, Cancellation);
        var view = await fixture.HoldOnRemotesAsync($"{active.Name} is back");
        Assert.Equal(backup.Name, view.Status.PromotedNode(fixture.Shape.CloneId));

        Assert.DoesNotContain(Late, await RowReader.ReadLocalNamesAsync(OvnDatabase.Northbound, backup, Cancellation));
        var rows = new HashSet<string>();
        foreach (
            var file in (await log.SetAsideAsync(active, Cancellation)).Where(file =>
                DatabaseFiles.DatabaseOf(file) == OvnDatabase.Northbound
            )
        )
        {
            Tell($"set aside: {file}");
            rows.UnionWith(await DatabaseFiles.RowsAsync(active, file, Cancellation, "Logical_Switch"));
        }

        Assert.Contains(Late, rows);
        await AccountForAsync(clients, backup, active, log);
        await fixture.HoldOnRemotesAsync("each row is in every copy");
    }
}
