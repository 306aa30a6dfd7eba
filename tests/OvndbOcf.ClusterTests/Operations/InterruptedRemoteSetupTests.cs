using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Full nodes with fencing, where nothing has been created yet.</summary>
public sealed class BeforeRemoteNodes() : ShapeFixture(new ClusterOptions { Release = DebianRelease.Bookworm, Fencing = true })
{
    /// <inheritdoc/>
    protected override string? Script => null;

    /// <inheritdoc/>
    protected override ClusterShape Describe() => base.Describe() with { Banned = [.. Cluster.Nodes.Select(node => node.Name)] };
}

/// <summary>The databases are created on remote nodes alone, and the node on which the commands run loses power between them.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class InterruptedRemoteSetupTests(BeforeRemoteNodes fixture) : RemoteNodeSteps(fixture), IClassFixture<BeforeRemoteNodes>
{
    private static readonly TimeSpan FencingTime = TimeSpan.FromSeconds(10);

    [Fact(Timeout = 500_000)]
    public async Task The_commands_are_run_again_from_the_first_on_another_node()
    {
        var cancellation = TestContext.Current.CancellationToken;
        ClusterNode[] full = [.. Cluster.Nodes];
        Assert.Equal(fixture.Shape.Banned, full.Select(node => node.Name));
        ClusterNode[] remote = [await Cluster.StartRemoteNodeAsync(cancellation), await Cluster.StartRemoteNodeAsync(cancellation)];

        Assert.Equal(0, (await MaintainAndCreateAsync(full[0])).ExitCode);
        await LoseAsync(full[0]);

        await RefusedAsync(full[1], "ovndb");
        await BanAsync(full[1]);
        Assert.Equal(0, (await Cluster.ConnectRemoteNodeAsync(remote[0], full[1], Cancellation)).ExitCode);
        await LoseAsync(full[1]);

        await RefusedAsync(full[2], "ovndb");
        await BanAsync(full[2]);
        var again = await Cluster.ConnectRemoteNodeAsync(remote[0], full[2], Cancellation);
        Assert.NotEqual(0, again.ExitCode);
        Tell(again.Output);
        Assert.Contains("already exists", again.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Cluster.ConnectRemoteNodeAsync(remote[1], full[2], Cancellation)).ExitCode);
        await DoAsync(full[2], "pcs", "property", "set", "maintenance-mode=false");

        await Cluster.WaitForNodesAsync(ReturnLimit, Cancellation);
        var view = await fixture.HoldAsync("the commands are completed");
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        var active = Cluster.Node(view.Status.PromotedNode(fixture.Shape.CloneId)!);
        var backup = remote.Single(node => node != active);
        await using var clients = await ClientsAsync();
        clients.Interrupted();
        await DoAsync(full[2], "ovndbctl", "switchover", "--to", backup.Name);
        await clients.WaitForWritesAsync(40);
        Assert.Empty(await AccountForAsync(clients, backup, active, log));
        await fixture.HoldAsync("planned move");
        await CheckIsCleanAsync();
    }

    /// <summary>The first two commands of the page.</summary>
    private async Task<ExecResult> MaintainAndCreateAsync(ClusterNode on)
    {
        await DoAsync(on, "pcs", "property", "set", "maintenance-mode=true");
        return await RunAsync(on, "env", $"VIP={fixture.Shape.Address}", ExampleScripts.Path("virtual-ip.sh"));
    }

    private async Task RefusedAsync(ClusterNode on, string resource)
    {
        var again = await MaintainAndCreateAsync(on);
        Assert.NotEqual(0, again.ExitCode);
        Assert.Contains($"'{resource}' already exists", again.Output, StringComparison.Ordinal);
    }

    private async Task BanAsync(ClusterNode on)
    {
        await DoAsync(on, ["pcs", "constraint", "location", fixture.Shape.CloneId, "avoids", .. fixture.Shape.Banned]);
        await DoAsync(on, "pcs", "resource", "meta", fixture.Shape.CloneId, "clone-max=2");
    }

    /// <summary>As long as there is nothing to manage, Pacemaker fences nobody: the machine boots because a person has it boot.</summary>
    private async Task LoseAsync(ClusterNode node)
    {
        await node.PowerOffAsync(Cancellation);
        await UntilAsync($"{node.Name} is lost", status => status.Node(node.Name) is { Online: false });
        await Task.Delay(FencingTime, Cancellation);
        Assert.False(await node.IsOnAsync(Cancellation), $"{node.Name} was fenced");
        await node.PowerOnAsync(Cancellation);
        await UntilAsync($"{node.Name} is back", status => status.Node(node.Name) is { Online: true, Pending: false });
    }
}
