using System.Globalization;
using System.Net;
using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>
/// The virtual address or the ports change while a client writes, which goes to the new place at once. What else changes, and what is listened on, is in
/// <see cref="ParameterChangeTests"/>.
/// </summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class ChangeTests(BookwormPairCluster lifecycle) : FreshnessTests(lifecycle), IClassFixture<BookwormPairCluster>
{
    private const string OfAddress = "address";
    private const string OfPorts = "ports";
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(20);

    private readonly BookwormPairCluster lifecycle = lifecycle;

    [Theory(Timeout = 300_000)]
    [InlineData(OfAddress)]
    [InlineData(OfPorts)]
    public async Task A_client_goes_on_at_the_new_place_and_at_the_former_one_again(string what)
    {
        await BeginAsync(TestContext.Current.CancellationToken);
        var other = Other(what);
        foreach (var (from, to, way) in new[] { (Shape, other, "there"), (other, Shape, "back") })
        {
            var (report, begin) = await WriteAcrossAsync(from, to, () => ChangeAsync(Cluster.Nodes[0], from, to));
            var outage = report.LongestGapAfter(begin)!.Length;
            Tell($"{what}, {way}: {report.Acknowledged.Count} rows, longest time without writes {outage.TotalSeconds:0.00} s");
            Assert.InRange(outage, TimeSpan.Zero, LongestOutage);
            Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);
            Assert.Empty((await HoldAsync(to, $"{what}, {way}")).Status.FailedActions);
        }
    }

    [Fact(Timeout = 200_000)]
    public async Task An_address_that_cannot_be_is_refused_and_another_prefix_length_is_taken()
    {
        await BeginAsync(TestContext.Current.CancellationToken);
        var (node, other) = (Cluster.Nodes[0], Cluster.Nodes[1].Address);
        foreach (
            var (address, reason) in new[]
            {
                ("10.0.0.999", "10.0.0.999 is no IP address"),
                ("virtual", "virtual is no IP address"),
                ($"{other}", $"{other} is somebody's already"),
                ("fd00:1::9", $"fd00:1::9 is IPv6, and {Shape.Address} was IPv4: its prefix length has to be given"),
            }
        )
        {
            var refused = await ChangeAddressAsync(node, ("NEW", address));
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains(reason, refused.Output, StringComparison.Ordinal);
        }

        foreach (var length in new[] { "32", "24" })
        {
            var changed = await ChangeAddressAsync(node, ("NEW", $"{Shape.Address}"), ("PREFIX", length));
            Assert.True(changed.ExitCode == 0, changed.Output);
            await HoldAsync($"prefix length {length}", ReturnLimit, also: AllCurrent);
            var prefix = await node.ExecCheckedAsync(
                ["crm_resource", "--resource", "ovn-vip", "--get-parameter", "cidr_netmask"],
                cancellationToken: Cancellation
            );
            Assert.Equal(length, prefix.Stdout.Trim());
        }
    }

    private static Task<ExecResult> ChangeAddressAsync(ClusterNode node, params (string Name, string Value)[] variables) =>
        node.ExecAsync(
            [ExampleScripts.Path("operations/change-address.sh")],
            environment: variables.ToDictionary(variable => variable.Name, variable => variable.Value),
            cancellationToken: Cancellation
        );

    /// <summary>The worst moment: the configuration is changed, the servers are not, and those with the latest rows are gone.</summary>
    [Theory(Timeout = 400_000)]
    [InlineData(OfAddress)]
    [InlineData(OfPorts)]
    public async Task The_active_node_loses_power_as_soon_as_the_change_is_made_and_the_other_one_completes_it(string what)
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var (survivor, other) = (backups[0], Other(what));
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        var (report, begin) = await WriteAcrossAsync(
            Shape,
            other,
            async () =>
            {
                await ChangeAsync(survivor, Shape, other);
                await active.PowerOffAsync(Cancellation);
                if (await IsPromotedWithoutAsync(active, survivor))
                {
                    await lifecycle.Invariants(other).HoldAsync($"without {active.Name}", ReturnLimit, [active.Name]);
                }

                await active.PowerOnAsync(Cancellation);
            }
        );
        var after = await HoldAsync(other, $"{what}: {active.Name} is back");
        Tell(
            $"{what}: {report.Acknowledged.Count} rows, longest time without writes {report.LongestGapAfter(begin)!.Length.TotalSeconds:0.00} s"
        );
        await AccountForAsync(report, Cluster.Node(Promoted(after)), active, log);
        await ChangeAsync(survivor, other, Shape);
        await HoldAsync(Shape, $"{what}: back");
    }

    private ClusterShape Other(string what)
    {
        byte[] address = Shape.Address.GetAddressBytes();
        address[^1]++;
        return what == OfAddress
            ? Shape with
            {
                Address = new IPAddress(address),
            }
            : Shape with
            {
                NorthboundPort = 16641,
                SouthboundPort = 16642,
            };
    }

    /// <summary>The change, as docs/operations.md has it.</summary>
    private static Task<ExecResult> ChangeAsync(ClusterNode node, ClusterShape from, ClusterShape to) =>
        from.Address.Equals(to.Address)
            ? node.ExecCheckedAsync(
                [
                    "pcs",
                    "resource",
                    "update",
                    to.Resource,
                    string.Create(CultureInfo.InvariantCulture, $"nb_master_port={to.NorthboundPort}"),
                    string.Create(CultureInfo.InvariantCulture, $"sb_master_port={to.SouthboundPort}"),
                ],
                cancellationToken: Cancellation
            )
            : node.ExecCheckedAsync(
                [ExampleScripts.Path("operations/change-address.sh")],
                environment: new Dictionary<string, string> { ["NEW"] = $"{to.Address}" },
                cancellationToken: Cancellation
            );

    /// <summary>Writes at one place until it ends there, and at the other one from the change on; what both acknowledged, by one clock, and when the change began.</summary>
    private static async Task<(WriterReport Report, TimeSpan Begin)> WriteAcrossAsync(ClusterShape from, ClusterShape to, Func<Task> change)
    {
        await using var former = ClientAt(from);
        await WaitForWritesAsync(former, 40);
        var begin = former.Elapsed;
        await using var next = ClientAt(to);
        await change();
        await next.WaitForWritesAsync(40, ReturnLimit, Cancellation);
        var (before, after) = (await former.StopAsync(), await next.StopAsync());
        var moved = after.Acknowledged.Select(row => row with { At = row.At + begin }).ToList();
        Assert.True(before.Acknowledged[^1].At < moved[0].At, "rows were taken at the former place when others were taken at the new one");
        return (after with { Acknowledged = [.. before.Acknowledged, .. moved], Elapsed = after.Elapsed + begin }, begin);
    }

    private static AcknowledgedWriter ClientAt(ClusterShape shape) =>
        AcknowledgedWriter.Start(new WriterOptions { Address = shape.Address, Port = shape.NorthboundPort });

    /// <summary>Waits until the other node is promoted, or says that its copy may lack something.</summary>
    private async Task<bool> IsPromotedWithoutAsync(ClusterNode away, ClusterNode node)
    {
        await UntilAsync(
            $"a decision without {away.Name}",
            ReturnLimit,
            async () =>
                await node.GetClusterStatusAsync(Cancellation) is var status
                && status.Node(away.Name) is not { Online: true }
                && (status.PromotedNode(Shape.CloneId) == node.Name || status.PromotionScore(Shape.Resource, node.Name) is -1_000_000)
                    ? null
                    : $"{node.Name} is neither promoted nor told not to be"
        );
        var promoted = (await node.GetClusterStatusAsync(Cancellation)).PromotedNode(Shape.CloneId);
        Tell($"promoted without {away.Name}: {promoted ?? "nobody"}");
        return promoted is not null;
    }

    /// <summary>Each acknowledged row is served, or in a file that the node set aside which lost power before it had sent it.</summary>
    private async Task AccountForAsync(WriterReport report, ClusterNode promoted, ClusterNode returned, AgentLog log)
    {
        var served = await RowReader.ReadLocalNamesAsync(OvnDatabase.Northbound, promoted, Cancellation);
        var missing = report.Acknowledged.Select(row => row.Name).Except(served).ToHashSet();
        Tell($"{missing.Count} of them are not served");
        foreach (var file in await log.SetAsideAsync(returned, Cancellation))
        {
            if (DatabaseOf(file) == OvnDatabase.Northbound)
            {
                missing.ExceptWith(await RowsOfFileAsync(returned, file));
            }
        }

        Assert.Empty(missing);
        Ledger.Add(OvnDatabase.Northbound, report.Acknowledged.Where(row => served.Contains(row.Name)));
    }

    private Task<ClusterView> HoldAsync(ClusterShape shape, string occasion) =>
        lifecycle.Invariants(shape).HoldAsync(occasion, ReturnLimit, also: AllCurrent);
}
