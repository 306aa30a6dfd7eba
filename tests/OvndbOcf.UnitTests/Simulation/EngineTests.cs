using System.Net;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Engine;
using OvndbOcf.Simulation.Networks;
using Xunit;

namespace OvndbOcf.UnitTests.Simulation;

public sealed class EngineTests
{
    [Fact]
    public void A_process_is_recognized_by_what_its_label_says()
    {
        var read = ProcessIdentity.Parse(ProcessIdentity.Own.ToString());
        Assert.Equal(ProcessIdentity.Own, read);
        Assert.False(read!.IsGone());
    }

    [Fact]
    public void A_process_is_gone_when_its_pid_belongs_to_another_one_or_the_machine_was_booted()
    {
        Assert.True((ProcessIdentity.Own with { StartTime = 1 }).IsGone());
        Assert.True((ProcessIdentity.Own with { BootId = "another" }).IsGone());
        Assert.True((ProcessIdentity.Own with { Pid = int.MaxValue }).IsGone());
    }

    [Fact]
    public void Of_a_process_in_another_pid_namespace_nothing_is_known_so_it_lives() =>
        Assert.False((ProcessIdentity.Own with { PidNamespace = "pid:[1]", Pid = int.MaxValue }).IsGone());

    [Theory]
    [InlineData("")]
    [InlineData("a/b/c/d")]
    [InlineData("a/b/1")]
    [InlineData("a/b/-1/2")]
    public void Other_labels_are_not_taken_for_a_process(string label) => Assert.Null(ProcessIdentity.Parse(label));

    [Fact]
    public void Only_runs_are_abandoned_whose_owner_is_gone_and_that_nobody_wants_to_keep()
    {
        string[] lines = ["gone boot/ns/1/10 ", "gone boot/ns/1/10 ", "kept boot/ns/1/10 1", "alive boot/ns/2/10 ", "strange nobody ", " "];
        Assert.Equal(["gone"], Cleanup.Abandoned(lines, owner => owner.Pid == 1));
    }

    [Fact]
    public void Nodes_clients_hypervisors_and_virtual_addresses_of_all_subnets_differ()
    {
        for (var index = 0; index < Subnet.Count; index += 97)
        {
            var subnet = Subnet.At(index);
            List<IPAddress> addresses =
            [
                .. Enumerable
                    .Range(1, 16)
                    .SelectMany(number =>
                        (IPAddress[])
                            [
                                subnet.Node(number),
                                subnet.NodeIpv6(number),
                                subnet.Client(number),
                                subnet.ClientIpv6(number),
                                subnet.Hypervisor(number),
                                subnet.HypervisorIpv6(number),
                            ]
                    ),
                subnet.VirtualIp,
                subnet.VirtualIpv6,
            ];
            Assert.Equal(addresses.Count, addresses.Distinct().Count());
            Assert.True(IPNetwork.Parse(subnet.Ipv4).Contains(subnet.VirtualIp));
            Assert.True(IPNetwork.Parse(subnet.Ipv6).Contains(subnet.VirtualIpv6));
            Assert.True(subnet.Covers(subnet.Node(1)));
        }

        Assert.False(Subnet.At(0).Covers(Subnet.At(1).Node(1)));
        Assert.Equal(Subnet.Count, Enumerable.Range(0, Subnet.Count).Select(index => Subnet.At(index).Ipv4).Distinct().Count());
    }

    [Fact]
    public void Corosync_knows_all_nodes_by_name_and_number()
    {
        var text = CorosyncConfiguration.Write(
            [
                (1, "node1", IPAddress.Parse("10.0.0.1")),
                (2, "node2", IPAddress.Parse("10.0.0.2")),
                (3, "node3", IPAddress.Parse("10.0.0.3")),
            ],
            fencing: true
        );
        Assert.Contains("name: node2\n        nodeid: 2\n        ring0_addr: 10.0.0.2\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("two_node", text, StringComparison.Ordinal);
        Assert.Equal(text.Count(letter => letter == '{'), text.Count(letter => letter == '}'));
    }

    [Fact]
    public void Two_nodes_are_a_special_case_of_quorum()
    {
        var text = CorosyncConfiguration.Write(
            [(1, "node1", IPAddress.Parse("10.0.0.1")), (2, "node2", IPAddress.Parse("10.0.0.2"))],
            fencing: false
        );
        Assert.Contains("    two_node: 1\n    wait_for_all: 0\n}\n", text, StringComparison.Ordinal);
    }
}
