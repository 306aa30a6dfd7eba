using System.Net;
using System.Xml.Linq;
using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Two resources of the agent in one cluster, each with its own directories, ports and address. What one of them does is nothing to the other.</summary>
public sealed class TwoResourcesTests(TwoResourcesFixture fixture) : IClassFixture<TwoResourcesFixture>
{
    private const int Limit = 240_000;
    private const int Rows = 20;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WritingLimit = TimeSpan.FromSeconds(40);

    [Fact(Timeout = Limit)]
    public async Task While_nothing_happens_the_configuration_stands_still()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await fixture.SetApartAsync(cancellation);
        await fixture.Cluster.WaitForIdleAsync(ShapeFixture.Recovery, cancellation);
        var before = await EpochAsync(cancellation);
        await Task.Delay(Quiet, cancellation);
        Assert.Equal(before, await EpochAsync(cancellation));
    }

    [Fact(Timeout = Limit)]
    public async Task A_crash_of_one_active_loses_no_row_that_its_backup_has_not_got()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await fixture.SetApartAsync(cancellation);
        var (view, active, backup) = await fixture.LookAsync(cancellation);
        try
        {
            await ReplicationCut.DropAsync(active, "sport", backup, cancellation);
            foreach (var database in new[] { OvnDatabase.Northbound, OvnDatabase.Southbound })
            {
                await using var client = AcknowledgedWriter.Start(
                    new WriterOptions { Address = fixture.Shape.Address, Database = database }
                );
                await client.WaitForWritesAsync(Rows, WritingLimit, cancellation);
                fixture.Ledger.Add(database, (await client.StopAsync()).Acknowledged);
            }

            await fixture.Cluster.WaitForAsync(
                $"a copy that may not be promoted on {backup.Name}",
                status => status.PromotionScore(fixture.Shape.Resource, backup.Name) is null or < 0,
                ShapeFixture.Recovery,
                cancellation
            );
            await active.ExecCheckedAsync(
                ["kill", "-s", "KILL", $"{view[active.Name].Northbound.Pid}", $"{view[active.Name].Southbound.Pid}"],
                cancellationToken: cancellation
            );
            await fixture.Cluster.WaitForAsync(
                "recovery",
                status =>
                    status.PromotedNode(fixture.Shape.CloneId) is not null && status.FailCount(fixture.Shape.Resource, active.Name) > 0,
                ShapeFixture.Recovery,
                cancellation
            );
        }
        finally
        {
            await ReplicationCut.EndAsync(active, CancellationToken.None);
        }

        // Every acknowledged row is in every copy.
        await fixture.HoldAsync($"crash on {active.Name}");
        await fixture.SecondHoldsAsync($"crash on {active.Name}");
    }

    /// <summary>The configuration's version; what is only status does not count.</summary>
    private async Task<string> EpochAsync(CancellationToken cancellationToken)
    {
        var configuration = await fixture.Cluster.Nodes[0].ExecCheckedAsync(["cibadmin", "--query"], cancellationToken: cancellationToken);
        return XElement.Parse(configuration.Stdout).Attribute("epoch")!.Value;
    }
}

/// <summary>virtual-ip.sh on two nodes, and the same once more under other names.</summary>
public sealed class TwoResourcesFixture() : ShapeFixture(new ClusterOptions { Release = DebianRelease.Bookworm, Nodes = 2 })
{
    private const string Top = "/srv/ovn-second";

    private readonly RowLedger secondLedger = new();

    /// <summary>The second resource.</summary>
    private ClusterShape Second =>
        new()
        {
            Address = SecondAddress,
            Resource = "ovndb-second",
            AddressResource = "ovn-vip-second",
            Northd = false,
            RunDirectory = $"{Top}/run",
            NorthboundPort = 7641,
            SouthboundPort = 7642,
        };

    private IPAddress SecondAddress
    {
        get
        {
            var bytes = Cluster.VirtualIp.GetAddressBytes();
            bytes[^1]++;
            return new IPAddress(bytes);
        }
    }

    /// <inheritdoc/>
    protected override string Script => "virtual-ip.sh";

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string> { ["VIP"] = $"{Cluster.VirtualIp}", ["NORTHD"] = "no" };

    /// <summary>Waits until all is well with the second resource, and each copy may be promoted: pcs moves nothing to a node without a score.</summary>
    public Task<ClusterView> SecondHoldsAsync(string occasion) =>
        new Invariants(Cluster, Second, secondLedger).HoldAsync(
            $"{occasion}, second resource",
            Recovery,
            also: view =>
                Cluster
                    .Nodes.Where(node => view.Status.PromotionScore(Second.Resource, node.Name) is not > 0)
                    .Select(node => $"{node.Name} has no promotion score")
                    .FirstOrDefault()
        );

    /// <summary>Waits until all is well with both, and moves the second resource's active servers if they are beside those of the first.</summary>
    public async Task SetApartAsync(CancellationToken cancellationToken)
    {
        await HoldAsync("before");
        var second = await SecondHoldsAsync("before");
        var (_, active, other) = await LookAsync(cancellationToken);
        if (second.Status.PromotedNode(Second.CloneId) == active.Name)
        {
            // Sets a constraint, waits until the promotion has moved, and removes the constraint again.
            await other.ExecCheckedAsync(
                ["pcs", "resource", "move", Second.CloneId, other.Name, "--promoted"],
                cancellationToken: cancellationToken
            );
            second = await SecondHoldsAsync("move");
        }

        Assert.Equal(other.Name, second.Status.PromotedNode(Second.CloneId));
        var first = await HoldAsync("active servers on different nodes");
        Assert.Equal(active.Name, first.Status.PromotedNode(Shape.CloneId));
    }

    /// <inheritdoc/>
    protected override ClusterShape Describe() => new() { Address = Cluster.VirtualIp, Northd = false };

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await base.PrepareAsync(cancellationToken);
        await Cluster
            .Nodes[0]
            .ExecCheckedAsync(
                ["sh", "-eu", "-s", Second.Resource, Second.AddressResource!, $"{SecondAddress}", Top],
                standardInput: """
                resource=$1 address_resource=$2 address=$3 top=$4
                cib=/root/second.xml
                pcs cluster cib "$cib"
                cp "$cib" "$cib.original"
                pcs -f "$cib" resource create "$resource" ocf:ovn:ovndb-servers \
                    master_ip="$address" nb_master_port=7641 sb_master_port=7642 \
                    ovn_rundir="$top/run" ovn_dbdir="$top/db" ovn_logdir="$top/log" ovn_sysconfdir="$top/etc" \
                    op start timeout=30s op stop timeout=20s op promote timeout=50s op demote timeout=50s op notify timeout=20s \
                    op monitor interval=1s timeout=20s role=Promoted \
                    op monitor interval=3s timeout=20s role=Unpromoted \
                    meta failure-timeout=30s
                pcs -f "$cib" resource promotable "$resource" meta notify=true promoted-max=1 promoted-node-max=1
                pcs -f "$cib" resource create "$address_resource" ocf:heartbeat:IPaddr2 ip="$address" cidr_netmask=24
                pcs -f "$cib" constraint colocation add "$address_resource" with Promoted "$resource-clone" score=INFINITY
                pcs -f "$cib" constraint order promote "$resource-clone" then start "$address_resource"
                pcs cluster cib-push "$cib" diff-against="$cib.original"
                """,
                cancellationToken: cancellationToken
            );
        await SecondHoldsAsync("creation");
    }
}
