using OvndbOcf.Ctl.Checks.Rules;
using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Pacemaker.Configuration;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What is not as it should be, and the command that is named for it.</summary>
public sealed class ProblemsTests
{
    private const long MiB = 1 << 20;

    [Theory]
    [InlineData(ServerState.Active, 0L, "Critical: on node1 the disk with /var/lib/ovn is full: writes of clients fail")]
    [InlineData(ServerState.Replicating, 0L, "Warning: on node1 the disk with /var/lib/ovn is full: it cannot take over")]
    [InlineData(
        ServerState.Active,
        10 * MiB,
        "Warning: on node1 the disk with /var/lib/ovn is nearly full: 10 MiB are free, 64 MiB are wanted"
    )]
    [InlineData(ServerState.Active, 1000 * MiB, null)]
    [InlineData(ServerState.Active, null, null)]
    public void A_full_disk(ServerState state, long? free, string? expected)
    {
        var local = CtlSamples.Healthy.Local! with
        {
            Servers = new ServerPair(CtlSamples.Server(state), CtlSamples.Server(state)),
            Disk = new DatabaseDisk("/var/lib/ovn", free is { } bytes ? new(bytes, IsReadOnly: false) : null, MiB),
        };
        var found = CtlSamples
            .View(CtlSamples.Healthy with { Local = local })
            .Problems.Where(problem => problem.Command == "df -h /var/lib/ovn")
            .Select(problem => $"{problem.Severity}: {problem.Text}");
        Assert.Equal(expected is null ? [] : [expected], found);
    }

    [Fact]
    public void Instances_that_are_not_managed_are_told_where_nothing_else_explains_it()
    {
        var status = CtlSamples.Healthy.Status!;
        var unmanaged = status with { Instances = [.. status.Instances.Select(instance => instance with { IsManaged = false })] };
        var told = new ProblemView(
            ProblemSeverity.Warning,
            "Pacemaker does not manage ovndb on node1 and node2 and node3: it mends nothing there",
            "pcs resource manage ovndb-clone"
        );
        Assert.Equal([told], CtlSamples.View(CtlSamples.Healthy with { Status = unmanaged }).Problems);

        var inMaintenance = unmanaged with { Nodes = status.Nodes.ToDictionary(node => node.Key, _ => NodeCondition.Maintenance) };
        Assert.DoesNotContain(
            told.Command,
            CtlSamples.View(CtlSamples.Healthy with { Status = inMaintenance }).Problems.Select(problem => problem.Command)
        );
        Assert.Empty(CtlSamples.View(CtlSamples.Healthy).Problems);
    }

    /// <summary>One command for one state: that of the page of operations.</summary>
    [Theory]
    [InlineData("clone", "is-managed", "false", "pcs resource manage ovndb-clone")]
    [InlineData("primitive", "is-managed", "no", "pcs resource manage ovndb-clone")]
    [InlineData("defaults", "is-managed", "false", "pcs resource meta ovndb-clone is-managed=true")]
    [InlineData("clone", "maintenance", "true", "pcs resource meta ovndb-clone maintenance=")]
    [InlineData("primitive", "maintenance", "1", "pcs resource meta ovndb maintenance=")]
    [InlineData("defaults", "maintenance", "true", "pcs resource meta ovndb-clone maintenance=false")]
    [InlineData("clone", "is-managed", "true", null)]
    [InlineData("clone", "maintenance", "false", null)]
    public void List_and_check_name_the_same_command_for_what_is_not_managed(string where, string name, string value, string? command)
    {
        var xml = CtlSamples.WithMeta(where, name, value);
        var status = CtlSamples.Healthy.Status!;
        var view = CtlSamples.View(
            CtlSamples.Healthy with
            {
                Cib = Cib.Read(xml)!,
                Status = status with
                {
                    Instances = [.. status.Instances.Select(instance => instance with { IsManaged = command is null })],
                },
            }
        );
        Assert.Equal(command is null ? [] : [command], view.Problems.Select(problem => problem.Command));

        var configuration = CibReader.Parse(xml)!;
        var database = configuration.Primitives.Single(primitive => primitive.Id == "ovndb");
        Assert.Equal(command is null ? [] : [command], Unmanaged.Of(configuration, database).Select(found => found.Command));
    }

    [Fact]
    public void List_and_check_name_the_same_command_for_maintenance_mode()
    {
        var view = CtlSamples.View(CtlSamples.Healthy with { Cib = CtlSamples.Healthy.Cib with { IsInMaintenance = true } });
        const string Command = "pcs property set maintenance-mode=false";
        Assert.Equal(Command, view.Problems[0].Command);
        Assert.Equal(Command, ClusterUnfit.Find(view)!.NextStep);
    }

    [Theory]
    [InlineData("cli-ban-ovn-vip-on-node1", "ovn-vip", "crm_resource --clear --resource ovn-vip")]
    [InlineData("cli-prefer-ovn-vip", "ovn-vip", "crm_resource --clear --resource ovn-vip")]
    [InlineData("cli-ban-ovndb-clone-on-node2", "ovndb-clone", "crm_resource --clear --resource ovndb-clone")]
    [InlineData("cli-prefer-ovndb-clone", "ovndb-clone", "crm_resource --clear --resource ovndb-clone")]
    public void A_move_that_was_left_behind_is_cleared_for_the_resource_that_was_moved(string id, string resource, string command)
    {
        var constraint = $"""<rsc_location id="{id}" rsc="{resource}" node="node2" score="-INFINITY"/>""";
        var view = CtlSamples.View(CtlSamples.Healthy with { Cib = Cib.Read(CtlSamples.Cib(constraints: constraint))! });
        Assert.Equal([id], view.Moves);
        Assert.Equal([new ProblemView(ProblemSeverity.Warning, $"a move left a constraint behind: {id}", command)], view.Problems);
        Assert.Equal(new ClusterUnfit($"an earlier move left a constraint behind: {id}", command), ClusterUnfit.Find(view));
    }

    [Theory]
    [InlineData("cli-ban-vip-group-on-node2", "cli-ban-vip-group-on-node2")]
    [InlineData("cli-ban-vip-on-group-on-node9", null)]
    public void A_ban_of_the_group_of_the_address_is_one_of_the_address(string id, string? found)
    {
        var xml = CtlSamples
            .Cib(
                constraints: $"""<rsc_location id="{id}" rsc="{(found is null ? "other" : "vip-group")}" node="node2" score="-INFINITY"/>"""
            )
            .Replace("<primitive id=\"ovn-vip\"", "<group id=\"vip-group\"><primitive id=\"ovn-vip\"", StringComparison.Ordinal)
            .Replace("</primitive>\n  </resources>", "</primitive></group>\n  </resources>", StringComparison.Ordinal);
        var view = CtlSamples.View(CtlSamples.Healthy with { Cib = Cib.Read(xml)! });
        Assert.Equal(found is null ? [] : [found], view.Moves);
        Assert.Equal(
            found is null
                ? null
                : new ClusterUnfit($"an earlier move left a constraint behind: {id}", "crm_resource --clear --resource vip-group"),
            ClusterUnfit.Find(view)
        );
    }

    [Theory]
    [InlineData("location-ovndb-clone-node3", "", "-INFINITY", null)]
    [InlineData("location-ovndb-clone-node3", "role=\"Promoted\"", "-INFINITY", "no instance runs on node3")]
    [InlineData("location-ovndb-clone-node3", "", "-100", "no instance runs on node3")]
    [InlineData("cli-ban-ovndb-clone-on-node3", "", "-INFINITY", "no instance runs on node3")]
    public void A_node_that_a_constraint_keeps_the_resource_off_lacks_nothing(string id, string role, string score, string? problem)
    {
        var constraint = $"""<rsc_location id="{id}" rsc="ovndb-clone" node="node3" {role} score="{score}"/>""";
        var healthy = CtlSamples.Healthy;
        var view = CtlSamples.View(
            healthy with
            {
                Cib = Cib.Read(CtlSamples.Cib(scores: "10 5 -", constraints: constraint))!,
                Status = healthy.Status! with { Instances = [.. healthy.Status.Instances.Where(instance => instance.Node != "node3")] },
            }
        );
        Assert.Equal(
            problem is null ? [] : [problem],
            view.Problems.Select(found => found.Text)
                .Where(text => text.Contains("node3", StringComparison.Ordinal) && text != $"a move left a constraint behind: {id}")
        );
        Assert.Equal(problem is null, view.Nodes[2].NextStep is null);
    }

    [Fact]
    public void Moves_of_two_resources_take_two_commands()
    {
        var view = CtlSamples.View(CtlSamples.Healthy) with
        {
            Moves = ["cli-ban-ovndb-clone-on-node2", "cli-ban-ovn-vip-on-node1", "cli-ban-ovn-vip-on-node3"],
        };
        Assert.Equal(
            [
                "cli-ban-ovndb-clone-on-node2: crm_resource --clear --resource ovndb-clone",
                "cli-ban-ovn-vip-on-node1 cli-ban-ovn-vip-on-node3: crm_resource --clear --resource ovn-vip",
            ],
            LeftMoves.Of(view).Select(left => $"{string.Join(' ', left.Ids)}: {left.Command}")
        );
    }
}
