using System.Globalization;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Status;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Mistakes in the configuration, made with pcs on a live cluster: nothing runs, and the cluster's status says why.</summary>
public abstract class BadInputTests(IdleCluster cluster)
{
    private const int Limit = 120_000;
    private const string Draft = "/root/draft.xml";
    private const string Good = "master_ip=10.0.0.9";
    private static readonly string[] Promotable = ["notify=true", "promoted-max=1"];
    private static int numbers;

    [Theory(Timeout = Limit)]
    [InlineData("master_ip=10.0.0.999", "master_ip", "such as 10.0.0.9")]
    [InlineData("nb_master_port=70000", "nb_master_port", "1 to 65535")]
    [InlineData("listen_on_master_ip_only=perhaps", "listen_on_master_ip_only", "yes or no")]
    public async Task A_wrong_parameter_is_named_with_what_to_write_instead(string parameter, string name, string advice)
    {
        string[] parameters = parameter.StartsWith("master_ip=", StringComparison.Ordinal) ? [parameter] : [Good, parameter];

        var failures = await CreateAsync(parameters, Promotable, failing: 1, TestContext.Current.CancellationToken);

        // The mistake is the same everywhere, so Pacemaker does not try the other nodes.
        Assert.All(failures, failure => Assert.Equal(6, failure.ExitCode));
        Assert.All(failures, failure => Assert.StartsWith($"{name}: ", failure.ExitReason, StringComparison.Ordinal));
        Assert.All(failures, failure => Assert.Contains(advice, failure.ExitReason, StringComparison.Ordinal));
    }

    [Fact(Timeout = Limit)]
    public async Task A_clone_that_may_have_two_promoted_instances_does_not_run()
    {
        var failures = await CreateAsync([Good], ["notify=true", "promoted-max=2"], failing: 1, TestContext.Current.CancellationToken);

        Assert.All(failures, failure => Assert.Equal(6, failure.ExitCode));
        Assert.All(failures, failure => Assert.Contains("promoted-max=1", failure.ExitReason, StringComparison.Ordinal));
    }

    [Fact(Timeout = Limit)]
    public async Task Missing_TLS_files_are_reported_by_each_node_that_lacks_them()
    {
        var failures = await CreateAsync(
            [Good, "nb_master_protocol=ssl", "ovn_nb_db_privkey=/no/such-key.pem"],
            Promotable,
            failing: 2,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["node1", "node2"], failures.Select(failure => failure.Node).Distinct().Order(StringComparer.Ordinal));
        Assert.All(failures, failure => Assert.Equal(2, failure.ExitCode));
        Assert.All(
            failures,
            failure => Assert.StartsWith("ovn_nb_db_privkey: /no/such-key.pem does not exist", failure.ExitReason, StringComparison.Ordinal)
        );
    }

    [Fact(Timeout = Limit)]
    public async Task A_missing_ovn_ctl_is_reported_as_not_installed()
    {
        var failures = await CreateAsync([Good, "ovn_ctl=/no/such/ovn-ctl"], Promotable, failing: 2, TestContext.Current.CancellationToken);

        Assert.All(failures, failure => Assert.Equal(5, failure.ExitCode));
        Assert.All(
            failures,
            failure => Assert.StartsWith("ovn_ctl: /no/such/ovn-ctl does not exist", failure.ExitReason, StringComparison.Ordinal)
        );
    }

    /// <summary>Creates the resource, waits until the start has failed on so many nodes, and checks that nothing runs.</summary>
    private async Task<IReadOnlyList<FailedAction>> CreateAsync(
        IEnumerable<string> parameters,
        IEnumerable<string> clone,
        int failing,
        CancellationToken cancellationToken
    )
    {
        // Pacemaker counts failures by name, also of a resource that was removed: each one gets a new name.
        var resource = string.Create(CultureInfo.InvariantCulture, $"ovndb{Interlocked.Increment(ref numbers)}");
        await cluster.ResetAsync(maintenance: false, cancellationToken);
        await cluster.Node.ExecCheckedAsync(["pcs", "cluster", "cib", Draft], cancellationToken: cancellationToken);
        await DraftAsync(["create", resource, "ocf:ovn:ovndb-servers", .. parameters], cancellationToken);
        await DraftAsync(["promotable", resource, "meta", .. clone], cancellationToken);
        await cluster.Node.ExecCheckedAsync(["pcs", "cluster", "cib-push", Draft, "--config"], cancellationToken: cancellationToken);
        var status = await cluster.Cluster.WaitForAsync(
            $"a failed start on {failing} nodes",
            status => status.FailedActions.Where(IsStart).Select(failure => failure.Node).Distinct().Count() >= failing,
            IdleCluster.Patience,
            cancellationToken
        );
        await cluster.Cluster.WaitForIdleAsync(IdleCluster.Patience, cancellationToken);
        status = await cluster.Cluster.GetStatusAsync(cancellationToken);
        Assert.DoesNotContain(status.Resources, instance => instance.Active);
        Assert.Equal(status.FailedActions, status.FailedActions.Where(IsStart));
        foreach (var node in cluster.Cluster.Nodes)
        {
            Assert.Equal(1, (await node.ExecAsync(["pgrep", "ovsdb-server"], cancellationToken: cancellationToken)).ExitCode);
        }

        return status.FailedActions;

        bool IsStart(FailedAction failure) => failure.Operation == $"{resource}_start_0";
    }

    private Task<ExecResult> DraftAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        cluster.Node.ExecCheckedAsync(["pcs", "-f", Draft, "resource", .. arguments], cancellationToken: cancellationToken);
}

[Collection<SharedOnBookworm>]
public sealed class BadInputOnBookwormTests(IdleClusterOnBookworm cluster) : BadInputTests(cluster);

[Collection<SharedOnTrixie>]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class BadInputOnTrixieTests(IdleClusterOnTrixie cluster) : BadInputTests(cluster);
