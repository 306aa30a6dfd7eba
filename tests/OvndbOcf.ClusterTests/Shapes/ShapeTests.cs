using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>What holds in every shape.</summary>
/// <param name="fixture">A cluster of that shape.</param>
public abstract class ShapeTests(ShapeFixture fixture)
{
    protected const int Limit = 180_000;

    [Fact(Timeout = Limit)]
    public async Task A_switchover_moves_the_active_servers_and_everybody_follows()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (before, active, _) = await fixture.LookAsync(cancellation);
        using var clients = fixture.Shape is { AddressResource: not null, Address: { } address }
            ? await IdleClients.ConnectAsync(address, [fixture.Shape.NorthboundPort, fixture.Shape.SouthboundPort], each: 15, cancellation)
            : null;

        var after = await fixture.SwitchOverAsync(cancellation);

        if (clients is not null)
        {
            var late = await clients.EndAsync(TimeSpan.FromSeconds(4), cancellation);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"idle clients: the last noticed {late.TotalSeconds:0.00} s after everybody followed"
            );
        }

        Assert.NotEqual(active.Name, after.Status.PromotedNode(fixture.Shape.CloneId));
        Assert.True(
            before[active.Name].Northbound.Process == after[active.Name].Northbound.Process || !SwitchoverKeepsServers,
            "the servers were restarted"
        );
    }

    [Fact(Timeout = Limit)]
    public async Task A_crash_of_the_active_Northbound_server_is_recovered_from()
    {
        var cancellation = TestContext.Current.CancellationToken;

        // Their server lives on, and the address leaves it.
        using var clients = fixture.Shape is { AddressResource: not null, Address: { } address }
            ? await IdleClients.ConnectAsync(address, [fixture.Shape.SouthboundPort], each: 15, cancellation)
            : null;

        await fixture.CrashAsync(OvnDatabase.Northbound, cancellation);

        if (clients is not null)
        {
            await clients.EndAsync(TimeSpan.FromSeconds(4), cancellation);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_crash_of_the_active_Southbound_server_is_recovered_from() =>
        await fixture.CrashAsync(OvnDatabase.Southbound, TestContext.Current.CancellationToken);

    [Fact(Timeout = Limit)]
    public async Task The_check_finds_nothing_that_matters_on_any_node()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await fixture.HoldAsync("before the check");
        await CheckRun.FindsNothingThatMattersAsync(fixture.Cluster, fixture.Shape.Resource, cancellation);
    }

    /// <summary>Whether the constraints let the servers run through while the address moves.</summary>
    protected virtual bool SwitchoverKeepsServers => true;
}
