using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Two nodes, and other ports than the usual ones.</summary>
public sealed class TwoNodesTests(TwoNodesOnBookworm fixture) : ShapeTests(fixture), IClassFixture<TwoNodesOnBookworm>
{
    [Fact(Timeout = Limit)]
    public async Task Only_the_ports_of_the_parameters_are_open()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var address = fixture.Cluster.VirtualIp;

        Assert.True(await Ports.IsOpenAsync(address, fixture.Shape.NorthboundPort, cancellation));
        Assert.True(await Ports.IsOpenAsync(address, fixture.Shape.SouthboundPort, cancellation));
        Assert.False(await Ports.IsOpenAsync(address, 6641, cancellation));
        Assert.False(await Ports.IsOpenAsync(address, 6642, cancellation));
    }

    [Fact(Timeout = Limit)]
    public async Task Where_another_process_holds_the_port_nothing_is_promoted_and_a_move_there_costs_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, active, backup) = await fixture.LookAsync(cancellation);
        var clone = fixture.Shape.CloneId;
        await backup.ExecCheckedAsync(["sh", "-c", TakenPort.Take(16641, seconds: 120)], cancellationToken: cancellation);
        try
        {
            await fixture.Cluster.WaitForAsync(
                $"a score on {backup.Name} that forbids its promotion",
                status => status.PromotionScore(fixture.Shape.Resource, backup.Name) < 0,
                ShapeFixture.Recovery,
                cancellation
            );

            // Pacemaker writes down what an action said at its end, after the score that it set.
            await Eventually.EqualAsync(
                [0],
                async () =>
                    [
                        (
                            await backup.ExecAsync(
                                [
                                    "grep",
                                    "--quiet",
                                    "NB port 16641 is held by process [0-9]* (python3), which listens on 0.0.0.0:16641",
                                    "/var/log/pacemaker/pacemaker.log",
                                ],
                                cancellationToken: cancellation
                            )
                        ).ExitCode,
                    ],
                cancellation
            );

            await using var client = AcknowledgedWriter.Start(
                new WriterOptions { Address = fixture.Shape.Address, Port = fixture.Shape.NorthboundPort }
            );
            await client.WaitForWritesAsync(5, ShapeFixture.Recovery, cancellation);
            await active.ExecCheckedAsync(
                ["crm_resource", "--resource", clone, "--move", "--node", backup.Name, "--promoted"],
                cancellationToken: cancellation
            );
            await fixture.Cluster.WaitForIdleAsync(ShapeFixture.Recovery, cancellation);
            Assert.Equal(active.Name, (await fixture.LookAsync(cancellation)).Active.Name);
            await client.WaitForWritesAsync(5, TimeSpan.FromSeconds(2), cancellation);
            fixture.Ledger.Add(OvnDatabase.Northbound, (await client.StopAsync()).Acknowledged);
        }
        finally
        {
            await backup.ExecAsync(["sh", "-c", TakenPort.Free], cancellationToken: CancellationToken.None);
            await active.ExecAsync(["crm_resource", "--resource", clone, "--clear"], cancellationToken: CancellationToken.None);
        }

        await fixture.HoldAsync(
            "the port is free again",
            also: view =>
                view.Status.PromotionScore(fixture.Shape.Resource, backup.Name) > 0 || view.Status.PromotedNode(clone) == backup.Name
                    ? null
                    : $"{backup.Name} may not be promoted"
        );
    }

    [Fact(Timeout = Limit)]
    public async Task When_the_active_node_loses_power_the_other_one_takes_over_and_it_returns_as_a_backup()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, active, survivor) = await fixture.LookAsync(cancellation);

        await active.PowerOffAsync(cancellation);
        var alone = await fixture.HoldAsync($"{active.Name} lost power", absent: [active.Name]);
        Assert.Equal(survivor.Name, alone.Status.PromotedNode(fixture.Shape.CloneId));

        await active.PowerOnAsync(cancellation);
        var both = await fixture.HoldAsync($"{active.Name} returned");
        Assert.Equal(survivor.Name, both.Status.PromotedNode(fixture.Shape.CloneId));
    }
}

/// <summary>two-nodes.sh.</summary>
public sealed class TwoNodesOnBookworm() : ShapeFixture(new ClusterOptions { Release = DebianRelease.Bookworm, Nodes = 2 })
{
    /// <inheritdoc/>
    protected override string Script => "two-nodes.sh";

    /// <inheritdoc/>
    protected override ClusterShape Describe() =>
        new()
        {
            Address = Cluster.VirtualIp,
            NorthboundPort = 16641,
            SouthboundPort = 16642,
        };
}
