using System.Net;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Two resources of this agent in one cluster: side by side with directories and ports of their own, and what happens to one that has the first one's.</summary>
public abstract class SecondDeploymentTests(SecondDeployment fixture)
{
    private const int Limit = 180_000;
    private const string Intruder = "intruder";

    [Fact(Timeout = Limit)]
    public async Task Both_work_and_each_moves_without_the_other()
    {
        var before = await fixture.HoldAsync("both created");
        var second = await fixture.HoldSecondAsync("both created");
        Assert.Empty(before.Status.FailedActions);

        var promoted = second.Status.PromotedNode(fixture.Second.CloneId)!;
        var node = fixture.Cluster.Node(promoted);
        await node.ExecCheckedAsync(
            ["pcs", "resource", "ban", fixture.Second.CloneId, promoted, "--promoted"],
            cancellationToken: TestContext.Current.CancellationToken
        );
        await fixture.HoldSecondAsync(
            "the second one moved",
            view => view.Status.PromotedNode(fixture.Second.CloneId) == promoted ? "it has not moved" : null
        );
        await node.ExecCheckedAsync(
            ["pcs", "resource", "clear", fixture.Second.CloneId],
            cancellationToken: TestContext.Current.CancellationToken
        );

        AssertUntouched(before, await fixture.HoldAsync("the second one moved"));
    }

    [Fact(Timeout = Limit)]
    public async Task The_check_of_each_finds_nothing_that_matters_on_any_node()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await fixture.HoldAsync("before the check");
        await fixture.HoldSecondAsync("before the check");
        foreach (var resource in (string[])[fixture.Shape.Resource, fixture.Second.Resource])
        {
            await CheckRun.FindsNothingThatMattersAsync(fixture.Cluster, resource, cancellation);
        }
    }

    [Theory(Timeout = Limit)]
    [InlineData("inactive_probe_interval=7000", null)]
    [InlineData("nb_master_port=6653", null)]
    [InlineData("nb_master_port=6641", "nb_master_port: resource ovndb has the same nb_master_port,")]
    [InlineData("ovn_dbdir=/var/lib/ovn", "ovn_dbdir: resource ovndb has the same ovn_dbdir,")]
    public async Task A_change_that_is_validated_first_is_compared_with_the_other_one_alone(string parameter, string? warning)
    {
        const string Draft = "/root/draft.xml";
        var cancellation = TestContext.Current.CancellationToken;
        await fixture.HoldSecondAsync("both created");
        var node = fixture.Cluster.Nodes[0];
        await node.ExecCheckedAsync(["pcs", "cluster", "cib", Draft], cancellationToken: cancellation);
        var result = await node.ExecCheckedAsync(
            ["pcs", "-f", Draft, "resource", "update", fixture.Second.Resource, parameter, "--agent-validation"],
            cancellationToken: cancellation
        );
        Assert.Equal(warning is null ? 0 : 1, result.Output.Split("has the same").Length - 1);
        Assert.Contains(warning ?? string.Empty, result.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_resource_with_the_directories_of_the_first_finds_nothing_cannot_start_and_leaves_it_alone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var before = await fixture.HoldAsync("both created");
        var node = fixture.Cluster.Nodes[0];
        await node.ExecCheckedAsync(
            ["pcs", "resource", "create", Intruder, "ocf:ovn:ovndb-servers", "master_ip=10.255.255.9", "--disabled"],
            cancellationToken: cancellation
        );
        try
        {
            await node.ExecCheckedAsync(
                ["pcs", "resource", "promotable", Intruder, "meta", "notify=true"],
                cancellationToken: cancellation
            );
            await fixture.Cluster.WaitForIdleAsync(ShapeFixture.Recovery, cancellation);
            AssertUntouched(before, await fixture.HoldAsync("another resource was created, disabled"));

            await node.ExecCheckedAsync(["pcs", "resource", "enable", Intruder], cancellationToken: cancellation);
            var refused = await fixture.Cluster.WaitForAsync(
                "the refusal",
                status => status.FailedActions.Any(action => action.Operation == $"{Intruder}_start_0"),
                ShapeFixture.Recovery,
                cancellation
            );
            Assert.All(
                refused.FailedActions.Where(action => action.Operation == $"{Intruder}_start_0"),
                action => Assert.Contains("resource ovndb", action.ExitReason, StringComparison.Ordinal)
            );
        }
        finally
        {
            await node.ExecAsync(["pcs", "resource", "delete", Intruder, "--force"], cancellationToken: cancellation);
            await node.ExecAsync(["crm_resource", "--cleanup"], cancellationToken: cancellation);
        }

        AssertUntouched(before, await fixture.HoldAsync("the other resource was deleted"));
    }

    private static void AssertUntouched(ClusterView before, ClusterView after)
    {
        foreach (var node in after.Nodes)
        {
            Assert.Equal(before[node.Name].Northbound.Process, node.Northbound.Process);
            Assert.Equal(before[node.Name].Southbound.Process, node.Southbound.Process);
        }
    }
}

/// <summary>virtual-ip.sh, then second-deployment.sh, on two nodes.</summary>
public abstract class SecondDeployment(DebianRelease release) : ShapeFixture(new ClusterOptions { Release = release, Nodes = 2 })
{
    private readonly RowLedger ledger = new();

    /// <summary>How the second one is configured.</summary>
    public ClusterShape Second =>
        field ??= new ClusterShape
        {
            Address = SecondAddress,
            Resource = "ovndb2",
            AddressResource = "ovndb2-vip",
            RunDirectory = "/var/lib/ovndb2/run",
            NorthboundPort = 6651,
            SouthboundPort = 6652,
            Northd = false,
        };

    /// <inheritdoc/>
    protected override string Script => "virtual-ip.sh";

    // Observers cannot tell which deployment an ovn-northd belongs to.
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string> { ["VIP"] = $"{Cluster.VirtualIp}", ["NORTHD"] = "no" };

    /// <inheritdoc/>
    protected override ClusterShape Describe() => new() { Address = Cluster.VirtualIp, Northd = false };

    private IPAddress SecondAddress =>
        new([.. Cluster.VirtualIp.GetAddressBytes().AsSpan(0, 3), (byte)(Cluster.VirtualIp.GetAddressBytes()[3] + 1)]);

    /// <summary>Waits until the invariants hold for the second one.</summary>
    public Task<ClusterView> HoldSecondAsync(string occasion, Func<ClusterView, string?>? also = null) =>
        new Support.Invariants(Cluster, Second, ledger).HoldAsync(occasion, Recovery, also: also);

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await base.PrepareAsync(cancellationToken);
        await Cluster
            .Nodes[0]
            .ExecCheckedAsync(
                [ExampleScripts.Path("second-deployment.sh")],
                environment: new Dictionary<string, string> { ["VIP"] = $"{SecondAddress}", ["NORTHD"] = "no" },
                cancellationToken: cancellationToken
            );
        await HoldSecondAsync("creation with second-deployment.sh");
    }
}

public sealed class SecondDeploymentOnBookworm() : SecondDeployment(DebianRelease.Bookworm);

public sealed class SecondDeploymentOnTrixie() : SecondDeployment(DebianRelease.Trixie);

[Trait(TestLength.Name, TestLength.Long)]
public sealed class SecondDeploymentOnBookwormTests(SecondDeploymentOnBookworm fixture)
    : SecondDeploymentTests(fixture),
        IClassFixture<SecondDeploymentOnBookworm>;

public sealed class SecondDeploymentOnTrixieTests(SecondDeploymentOnTrixie fixture)
    : SecondDeploymentTests(fixture),
        IClassFixture<SecondDeploymentOnTrixie>;
