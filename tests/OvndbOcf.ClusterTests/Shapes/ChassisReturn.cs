using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Hypervisors;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>A hypervisor that joins, and is back by itself after a planned move.</summary>
internal static class ChassisReturn
{
    /// <summary>Joins, moves the active servers, and asks both times whether the hypervisor has what the Northbound database says.</summary>
    /// <param name="fixture">The cluster.</param>
    /// <param name="client">A machine that reaches the databases.</param>
    /// <param name="options">What OVN's tools need on it, beside the database.</param>
    /// <param name="hypervisor">The hypervisor. It has left at the end.</param>
    /// <param name="variables">Further variables of <c>join-ovn.sh</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task HoldsAsync(
        ShapeFixture fixture,
        Machine client,
        IReadOnlyList<string> options,
        Hypervisor hypervisor,
        IReadOnlyDictionary<string, string> variables,
        CancellationToken cancellationToken
    )
    {
        var northbound = fixture.Shape.Remote(OvnDatabase.Northbound);
        var southbound = fixture.Shape.Remote(OvnDatabase.Southbound);
        await hypervisor.JoinAsync(southbound, variables, cancellationToken);
        try
        {
            // Without any chassis there is nobody to wait for.
            await Eventually.EqualAsync(
                [hypervisor.Name],
                async () =>
                    [
                        (
                            await client.ExecCheckedAsync(
                                [
                                    "ovn-sbctl",
                                    "--timeout=10",
                                    $"--db={southbound}",
                                    .. options,
                                    "--bare",
                                    "--columns=name",
                                    "find",
                                    "Chassis_Private",
                                    $"name={hypervisor.Name}",
                                ],
                                cancellationToken: cancellationToken
                            )
                        ).Stdout.Trim(),
                    ],
                cancellationToken
            );
            await SyncAsync();

            await fixture.SwitchOverAsync(cancellationToken);

            await SyncAsync();
            var status = await hypervisor.ExecCheckedAsync(
                ["ovn-appctl", "-t", "ovn-controller", "connection-status"],
                cancellationToken: cancellationToken
            );
            Assert.Equal("connected", status.Stdout.Trim());
        }
        finally
        {
            await hypervisor.LeaveAsync(CancellationToken.None);
        }

        Task<ExecResult> SyncAsync() =>
            client.ExecCheckedAsync(
                ["ovn-nbctl", "--timeout=50", $"--db={northbound}", .. options, "--wait=hv", "sync"],
                cancellationToken: cancellationToken
            );
    }
}
