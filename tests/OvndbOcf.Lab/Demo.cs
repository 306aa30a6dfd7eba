using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Status;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Lab;

/// <summary>Shows one failover from beginning to end, and tells whether it went well.</summary>
internal sealed class Demo(DebianRelease release, bool keep)
{
    private const string Clone = "ovndb-clone";
    private const string Resource = "ovndb";
    private const string Address = "ovn-vip";
    private const int WritesBefore = 100;
    private const int WritesAfter = 100;
    private static readonly TimeSpan PromotionLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan FailoverLimit = TimeSpan.FromSeconds(120);
    private readonly StepPrinter steps = new();

    /// <summary>Runs it; 0 if every check held.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var cluster = await Cluster.StartAsync(new ClusterOptions { Release = release, Keep = keep }, steps, cancellationToken);
        try
        {
            var summary = await ShowAsync(cluster, cancellationToken);
            summary.Print();
            return summary.Good ? 0 : 1;
        }
        catch (Exception failure)
            when (!cancellationToken.IsCancellationRequested
                && failure is InvalidOperationException or TimeoutException or ExecException or OvsdbCallException
            )
        {
            var logs = Path.Combine(Path.GetTempPath(), $"ovndb-ocf-{cluster.Run}");
            await cluster.CollectLogsAsync(logs, cancellationToken);
            await Console.Error.WriteLineAsync($"error: {failure.Message}\nThe nodes' logs are in {logs}.");
            return 1;
        }
        finally
        {
            await Console.Out.WriteLineAsync(
                keep
                    ? "The cluster is left running: 'make cluster-shell NODE=2' enters it, 'make cluster-down' removes it."
                    : "Removing the cluster."
            );
        }
    }

    private async Task<DemoSummary> ShowAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        steps.Report($"creating the resources with pcs-examples/virtual-ip.sh, address {cluster.VirtualIp}");
        await cluster.Nodes[0].RunExampleAsync("virtual-ip.sh", Variables(cluster), cancellationToken);
        var before = await cluster.WaitForAsync("one promoted instance, the address beside it", IsWell, PromotionLimit, cancellationToken);
        var failuresAtCreation = before.FailedActions.Count;
        var active = before.PromotedNode(Clone)!;
        steps.Report($"active: {active}");
        Console.WriteLine(before);

        var virtualNetwork = await StartHypervisorsAsync(cluster, cancellationToken);

        await using var writer = AcknowledgedWriter.Start(new WriterOptions { Address = cluster.VirtualIp });
        steps.Report("writing rows to the Northbound database through the virtual address");
        await writer.WaitForWritesAsync(WritesBefore, TimeSpan.FromSeconds(30), cancellationToken);
        steps.Report($"{writer.Count} writes acknowledged");

        var node = cluster.Node(active);
        var pid = await node.ReadPidAsync(OvnDatabase.Northbound.PidFile, cancellationToken);
        steps.Report($"crash: SIGKILL to the active Northbound server, process {pid} on {active}");
        var crash = writer.Elapsed;
        await node.SignalAsync(pid, "KILL", cancellationToken);

        // The writes themselves tell when the outage is over: the cluster shows the old state until it notices the crash.
        await WaitForOutageAsync(writer, crash, cancellationToken);
        if (virtualNetwork is not null)
        {
            await virtualNetwork.AddVmAsync(cancellationToken);
        }

        await writer.WaitForWritesAsync(WritesAfter, FailoverLimit, cancellationToken);
        steps.Report($"{writer.Count} writes acknowledged; waiting for the cluster to settle");
        var after = await cluster.WaitForAsync(
            "one promoted instance, the address beside it, all others following",
            IsWell,
            FailoverLimit,
            cancellationToken
        );
        var report = await writer.StopAsync();
        var traffic = virtualNetwork is null ? null : await virtualNetwork.StopAsync(cancellationToken);
        Console.WriteLine(after);

        steps.Report("looking for each acknowledged row: through the virtual address, and in the copies of all nodes");
        var missing = await MissingRows.FindAsync(cluster, OvnDatabase.Northbound, report, cancellationToken);
        return new DemoSummary(
            release,
            active,
            after.PromotedNode(Clone)!,
            failuresAtCreation,
            report,
            report.LongestGapAfter(crash)!.Length,
            missing,
            traffic
        );
    }

    /// <summary>Starts them; null where this machine cannot have them, which is no reason not to show the databases.</summary>
    private async Task<DemoNetwork?> StartHypervisorsAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        steps.Report("starting two hypervisors with a VM each; the VMs ping each other");
        try
        {
            return await DemoNetwork.StartAsync(cluster, cancellationToken);
        }
        catch (Exception failure)
            when (!cancellationToken.IsCancellationRequested && failure is InvalidOperationException or TimeoutException or ExecException)
        {
            steps.Report($"this machine cannot have hypervisors, the demo goes on without: {failure.Message}");
            return null;
        }
    }

    private static Dictionary<string, string> Variables(Cluster cluster) =>
        new() { ["VIP"] = $"{cluster.VirtualIp}", ["VIP_PREFIX"] = "24" };

    private static bool IsWell(ClusterStatus status) =>
        status.PromotedNode(Clone) is { } promoted
        && status.NodeOf(Address) == promoted
        && status.NodesInRole(Clone, ResourceRole.Unpromoted).Count == status.Nodes.Count - 1
        && status.Instances(Resource).All(instance => instance is { Failed: false, Blocked: false });

    /// <summary>Waits until the crash has interrupted the writes and they go on.</summary>
    private static async Task WaitForOutageAsync(AcknowledgedWriter writer, TimeSpan crash, CancellationToken cancellationToken)
    {
        while (writer.Elapsed < crash + FailoverLimit)
        {
            var report = writer.Report();
            var interrupted = report.Unanswered.Count > 0 || report.LastFailure is not null;
            if (
                interrupted
                && report.Acknowledged.Count > 0
                && report.Elapsed - report.Acknowledged[^1].At < TimeSpan.FromSeconds(0.2)
                && report.LongestGapAfter(crash)!.Length > TimeSpan.FromSeconds(0.1)
            )
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        throw new TimeoutException(
            $"no write was acknowledged within {FailoverLimit.TotalSeconds:0} s after the crash; last failure: {writer.Report().LastFailure}"
        );
    }
}
