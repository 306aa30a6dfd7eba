using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Three nodes whose number changes.</summary>
public sealed class ChangingMembers() : LifecycleCluster(DebianRelease.Bookworm);

/// <summary>Nodes leave the cluster for good and others join it, while a client writes.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class MembershipTests(ChangingMembers lifecycle) : FreshnessTests(lifecycle), IClassFixture<ChangingMembers>
{
    [Fact(Timeout = 600_000)]
    public async Task Nodes_are_removed_and_added_and_no_row_is_lost()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var files = Directory.CreateTempSubdirectory("ovndb-ocf-");
        var (backupFiles, activeFiles) = (Path.Combine(files.FullName, "backup"), Path.Combine(files.FullName, "active"));
        await using var writer = Client(OvnDatabase.Northbound, 25);
        await WaitForWritesAsync(writer, 40);
        try
        {
            await MeasureAsync("a backup is removed", writer, () => Cluster.RemoveNodeAsync(backups[1], backupFiles, Cancellation));

            // With nothing; and it loses power as soon as it is a member.
            await MeasureAsync(
                "a new machine is added, and loses power meanwhile",
                writer,
                async () =>
                {
                    var added = await Cluster.AddNodeAsync(databases: null, Cancellation);
                    await RunsPacemakerAsync(added);
                    await added.PowerOffAsync(Cancellation);
                    await added.PowerOnAsync(Cancellation);
                }
            );
            await MeasureAsync("the promoted node is removed", writer, () => Cluster.RemoveNodeAsync(active, activeFiles, Cancellation));

            // Both come back under other names: one has less than the others, one has what was active.
            await MeasureAsync(
                "the former backup is added by another name",
                writer,
                () => Cluster.AddNodeAsync(new DirectoryInfo(backupFiles), Cancellation)
            );
            await MeasureAsync(
                "the former promoted node is added by another name",
                writer,
                () => Cluster.AddNodeAsync(new DirectoryInfo(activeFiles), Cancellation)
            );
        }
        finally
        {
            files.Delete(recursive: true);
        }

        var report = await writer.StopAsync();
        Tell($"{report.Acknowledged.Count} rows, longest time without writes {report.LongestGap.Length.TotalSeconds:0.00} s");
        Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);
        Assert.Equal(4, Cluster.Nodes.Count);
        await HoldAsync("all was done", ReturnLimit, also: AllCurrent);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_node_that_returns_by_another_name_with_less_than_the_others_is_not_promoted()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var files = Directory.CreateTempSubdirectory("ovndb-ocf-");
        var databases = Path.Combine(files.FullName, "databases");
        try
        {
            await Cluster.RemoveNodeAsync(backups[^1], databases, Cancellation);
            await HoldAsync($"{backups[^1].Name} is removed", FailoverLimit);
            await WriteAsync(30);

            // The worst moment: it has joined, and the active node is lost before it has received anything.
            var added = await Cluster.AddNodeAsync(new DirectoryInfo(databases), Cancellation);
            await DropAsync(active, "sport", added);
            await Cluster.WaitForAsync(
                $"an instance on {added.Name}",
                status => status.Instances(Shape.CloneId).Any(instance => instance.Node == added.Name && instance.Pending is null),
                ReturnLimit,
                Cancellation
            );
            await active.PowerOffAsync(Cancellation);
            var without = await HoldAsync($"loss of {active.Name}", ReturnLimit, absent: [active.Name]);
            Assert.NotEqual(added.Name, Promoted(without));
            await active.PowerOnAsync(Cancellation);
            await HoldAsync($"return of {active.Name}", ReturnLimit, also: AllCurrent);
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    private async Task MeasureAsync(string what, AcknowledgedWriter writer, Func<Task> change)
    {
        var begin = writer.Elapsed;
        await change();
        await HoldAsync(what, ReturnLimit, also: AllCurrent);
        await WaitForWritesAsync(writer, 10);
        Tell($"{what}: longest time without writes {writer.Report().LongestGapAfter(begin)!.Length.TotalSeconds:0.00} s");
    }
}
