using OvndbOcf.ClusterTests.Metrics;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>What Prometheus learns of a cluster from <c>ovndbctl metrics</c>.</summary>
[Collection(typeof(TrixieLifecycle))]
public sealed class TrixiePrometheusTests(TrixieLifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    private const int Port = 9479;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact(Timeout = 120_000)]
    public async Task The_metrics_of_each_node_are_as_Prometheus_wants_them_and_true()
    {
        var (view, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        foreach (var node in Cluster.Nodes)
        {
            var metrics = (await node.ExecCheckedAsync(["ovndbctl", "metrics"], cancellationToken: Cancellation)).Stdout;
            var check = await PrometheusImage.PromtoolAsync(PrometheusImage.Folder, metrics, "check", "metrics");
            Assert.True(check is { ExitCode: 0, Stderr: "" }, check.Output);

            var isActive = node == active;
            Assert.Contains(
                $"ovndb_active{{resource=\"{Shape.Resource}\",database=\"northbound\"}} {(isActive ? 1 : 0)}\n",
                metrics,
                StringComparison.Ordinal
            );
            Assert.Equal(
                !isActive,
                metrics.Contains(
                    $"ovndb_replicating{{resource=\"{Shape.Resource}\",database=\"southbound\"}} 1\n",
                    StringComparison.Ordinal
                )
            );
            Assert.Contains(
                $"ovndb_address_held{{resource=\"{Shape.Resource}\"}} {(isActive ? 1 : 0)}\n",
                metrics,
                StringComparison.Ordinal
            );
            Assert.Contains(
                $"ovndb_instance_promoted{{resource=\"{Shape.Resource}\",node=\"{Promoted(view)}\"}} 1\n",
                metrics,
                StringComparison.Ordinal
            );
            Assert.DoesNotMatch("ovndb_source_readable\\{[^}]*\\} 0", metrics);
        }
    }

    [Fact(Timeout = 240_000)]
    public async Task An_alert_fires_for_a_backup_whose_servers_stopped_and_ends_when_they_are_back()
    {
        var (view, _) = await ReadyAsync(TestContext.Current.CancellationToken);
        await Cluster.Nodes[0].ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: Cancellation);
        var backup = Backup(view);
        foreach (var node in Cluster.Nodes)
        {
            await ListenAsync(node);
        }

        await using var prometheus = await PrometheusContainer.StartAsync(Cluster, Port);
        try
        {
            await prometheus.WaitForAsync("sum(ovndb_up)", values => values is [var sum] && sum.Trim() == "6", Patience);
            await prometheus.WaitForAsync(Firing("OvndbServerDown"), values => values.Count == 0, Patience);

            await PcsAsync("node", "standby", backup.Name);
            var fired = await prometheus.WaitForAsync(Firing("OvndbServerDown"), values => values.Count == 2, Patience);
            Assert.All(fired, alert => Assert.Contains($"instance={backup.Name}:{Port}", alert, StringComparison.Ordinal));

            // Clients are served all the time, and nobody is called for that.
            await prometheus.WaitForAsync(
                "count(ALERTS{alertstate=\"firing\",severity=\"critical\"}) or vector(0)",
                values => values is [" 0"],
                Patience
            );
            await PcsAsync("node", "unstandby", backup.Name);
            await prometheus.WaitForAsync(Firing("OvndbServerDown"), values => values.Count == 0, Patience);
        }
        finally
        {
            await PcsAsync("node", "unstandby", "--all");
        }

        foreach (var node in Cluster.Nodes)
        {
            await EndAsync(node);
        }

        await HoldAsync("after standby", FailoverLimit, also: NotPromotable);
    }

    private static string Firing(string alert) => $"ALERTS{{alertstate=\"firing\",alertname=\"{alert}\"}}";

    // It writes its exit status where it ends, and ends with its node at the latest.
    private static Task<ExecResult> ListenAsync(ClusterNode node) =>
        node.ExecCheckedAsync(
            [
                "sh",
                "-c",
                $"setsid sh -c 'timeout --foreground 300 ovndbctl metrics --listen 0.0.0.0:{Port} & echo $! > /run/listen.pid; wait $!; echo $? > /run/listen.status' > /run/listen.log 2>&1 < /dev/null &",
            ],
            cancellationToken: Cancellation
        );

    // Ends it as systemd would.
    private static async Task EndAsync(ClusterNode node)
    {
        var ended = await node.ExecCheckedAsync(
            [
                "sh",
                "-c",
                "kill -TERM $(cat /run/listen.pid); for try in $(seq 50); do [ ! -s /run/listen.status ] || break; sleep 0.1; done; cat /run/listen.status /run/listen.log",
            ],
            cancellationToken: Cancellation
        );
        Assert.Equal("0", ended.Stdout.Trim());
    }
}
