using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.UnitTests.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Topology;

public sealed class ClusterTopologyTests
{
    private const string Own = "10.0.0.2";
    private const string Data = "db:OVN_Southbound,SB_Global,connections";

    /// <summary>
    /// The protocol, <c>master_ip</c>, whether servers listen on it alone; then where clients reach the active server, where it listens for clients, all its remotes for them, and what a backup listens on.
    /// </summary>
    public static TheoryData<DatabaseProtocol, string?, bool, string?, string?, string[], string[]> ForClients =>
        new()
        {
            {
                DatabaseProtocol.Tcp,
                "10.0.0.9",
                true,
                "tcp:10.0.0.9:6642",
                "ptcp:6642:10.0.0.9",
                ["ptcp:6642:10.0.0.9", Data],
                ["ptcp:6642:10.0.0.9"]
            },
            { DatabaseProtocol.Tcp, "10.0.0.9", false, "tcp:10.0.0.9:6642", "ptcp:6642:0.0.0.0", ["ptcp:6642:0.0.0.0", Data], [] },
            {
                DatabaseProtocol.Tcp,
                "fd00::9",
                true,
                "tcp:[fd00::9]:6642",
                "ptcp:6642:[fd00::9]",
                ["ptcp:6642:[fd00::9]", Data],
                ["ptcp:6642:[fd00::9]"]
            },
            { DatabaseProtocol.Tcp, "fd00::9", false, "tcp:[fd00::9]:6642", "ptcp:6642:[::]", ["ptcp:6642:[::]", Data], [] },
            { DatabaseProtocol.Tcp, null, true, null, null, [Data], [] },
            { DatabaseProtocol.Tcp, null, false, null, null, [Data], [] },
            { DatabaseProtocol.Ssl, "10.0.0.9", true, "ssl:10.0.0.9:6642", "pssl:6642:10.0.0.9", [Data], [] },
            { DatabaseProtocol.Ssl, "10.0.0.9", false, "ssl:10.0.0.9:6642", "pssl:6642:0.0.0.0", [Data], [] },
            { DatabaseProtocol.Ssl, "fd00::9", true, "ssl:[fd00::9]:6642", "pssl:6642:[fd00::9]", [Data], [] },
            { DatabaseProtocol.Ssl, "fd00::9", false, "ssl:[fd00::9]:6642", "pssl:6642:[::]", [Data], [] },
            { DatabaseProtocol.Ssl, null, true, null, null, [Data], [] },
            { DatabaseProtocol.Ssl, null, false, null, null, [Data], [] },
        };

    [Theory]
    [MemberData(nameof(ForClients))]
    public void Only_a_server_for_plain_connections_listens_on_a_port_by_itself_and_a_backup_on_an_address_that_is_yet_to_come(
        DatabaseProtocol protocol,
        string? masterIp,
        bool onMasterIpOnly,
        string? reached,
        string? listener,
        string[] active,
        string[] backup
    )
    {
        var topology = Topology(masterIp, onMasterIpOnly);
        var database = Database(protocol);
        Assert.Equal(reached, topology.RemoteOfClients(database)?.ToString());
        Assert.Equal(listener, topology.ListenerForClients(database)?.ToString());
        Assert.Equal(active, topology.RemotesOfActive(database));
        Assert.Equal(backup, topology.RemotesOfBackup(database));
        Assert.Equal(onMasterIpOnly ? Address(masterIp) : null, topology.VirtualAddress);
    }

    /// <summary>
    /// <c>master_ip</c>, whether servers listen on it alone, whether backups follow nodes, the node's address, the configured network; then where backups have a listener of their own, where an active
    /// server listens at all, the node's own address, and why there is none.
    /// </summary>
    public static TheoryData<string?, bool, bool, string, string?, string?, string, string?, NoOwnAddress?> ForBackups =>
        new()
        {
            { "10.0.0.9", true, true, Own, null, "ptcp:6642:10.0.0.2", "10.0.0.9:6642 10.0.0.2:6642", Own, null },
            { "10.0.0.9", true, true, Own, "10.0.0.0/24", "ptcp:6642:10.0.0.2", "10.0.0.9:6642 10.0.0.2:6642", Own, null },
            { "10.0.0.9", true, true, Own, "10.0.1.0/24", null, "10.0.0.9:6642", null, NoOwnAddress.NotInNetwork },
            { "10.0.0.9", true, true, "10.0.1.2", null, null, "10.0.0.9:6642", null, NoOwnAddress.NotFound },
            { "10.0.0.9", true, true, "10.0.1.2", "10.0.1.0/24", "ptcp:6642:10.0.1.2", "10.0.0.9:6642 10.0.1.2:6642", "10.0.1.2", null },
            { "10.0.0.9", true, false, Own, null, null, "10.0.0.9:6642", null, NoOwnAddress.NotWanted },
            { "10.0.0.9", false, true, Own, null, null, "0.0.0.0:6642", Own, null },
            { "10.0.0.9", false, false, Own, null, null, "0.0.0.0:6642", null, NoOwnAddress.NotWanted },
            { "fd00::9", true, true, "fd00::2", null, "ptcp:6642:[fd00::2]", "[fd00::9]:6642 [fd00::2]:6642", "fd00::2", null },
            { "fd00::9", false, true, "fd00::2", null, null, "[::]:6642", "fd00::2", null },
            { null, true, true, Own, null, null, "", null, NoOwnAddress.UnknownMasterIp },
            { null, false, true, Own, "10.0.0.0/24", null, "", null, NoOwnAddress.UnknownMasterIp },
            { null, true, false, Own, null, null, "", null, NoOwnAddress.NotWanted },
        };

    [Theory]
    [MemberData(nameof(ForBackups))]
    public void Backups_have_a_listener_of_their_own_where_the_node_has_an_address_and_clients_another_one(
        string? masterIp,
        bool onMasterIpOnly,
        bool followsNodes,
        string node,
        string? network,
        string? listener,
        string ends,
        string? own,
        NoOwnAddress? why
    )
    {
        var topology = new ClusterTopology(
            Address(masterIp),
            onMasterIpOnly,
            followsNodes,
            network is null ? null : IPNetwork.Parse(network),
            () => OwnAddressTests.Node($"2:{node}/{(node.Contains(':', StringComparison.Ordinal) ? 64 : 24)}")
        );
        Assert.Equal(listener, topology.ListenerForBackups(Database())?.ToString());
        Assert.Equal(ends, string.Join(' ', topology.EndsOfActive(Database())));
        Assert.Equal(Address(own), topology.OwnAddress);
        Assert.Equal(why, topology.WhyNoOwnAddress);
    }

    [Theory]
    [InlineData("10.0.0.9", "10.0.0.9", false)]
    [InlineData("10.0.0.9", "10.0.0.2", true)]
    [InlineData(null, "10.0.0.2", true)]
    public void At_the_virtual_address_others_than_the_active_server_may_answer(string? masterIp, string source, bool ofActiveAlone)
    {
        foreach (var onMasterIpOnly in (bool[])[true, false])
        {
            Assert.Equal(ofActiveAlone, Topology(masterIp, onMasterIpOnly).IsOfActiveAlone(IPAddress.Parse(source)));
        }
    }

    [Theory]
    [InlineData("10.0.0.2", true, "10.0.0.9", "10.0.0.2", true)]
    [InlineData("10.0.0.2", true, null, "10.0.0.2", true)]
    [InlineData("10.0.0.2", false, "10.0.0.9", "10.0.0.9", false)]
    [InlineData("10.0.0.2", false, null, null, false)]
    [InlineData(null, true, "10.0.0.9", "10.0.0.9", false)]
    [InlineData(null, true, null, null, false)]
    [InlineData(null, false, "10.0.0.9", "10.0.0.9", false)]
    public void Backups_follow_the_promoted_node_or_the_virtual_address(
        string? recorded,
        bool followsNodes,
        string? masterIp,
        string? followed,
        bool isNodesOwn
    )
    {
        var record = new PromotionRecord(Known.Marker(7, Known.Seventh)) { Address = Address(recorded) };
        foreach (var onMasterIpOnly in (bool[])[true, false])
        {
            Assert.Equal(
                followed is null ? null : new FollowedAddress(IPAddress.Parse(followed), isNodesOwn),
                Topology(masterIp, onMasterIpOnly, followsNodes).Follow(record)
            );
        }
    }

    [Fact]
    public void Without_a_record_there_is_the_virtual_address_alone() =>
        Assert.Equal(new FollowedAddress(IPAddress.Parse("10.0.0.9"), IsNodesOwn: false), Topology("10.0.0.9").Follow(null));

    [Fact]
    public void The_nodes_addresses_are_looked_up_only_where_the_answer_depends_on_them()
    {
        foreach (var topology in new[] { Topology("10.0.0.9", followsNodes: false), Topology(null), Topology("10.0.0.9", false, true) })
        {
            Assert.Null(topology.ListenerForBackups(Database()));
        }

        Assert.Throws<InvalidOperationException>(() => Topology("10.0.0.9").ListenerForBackups(Database()));
    }

    private static ClusterTopology Topology(string? masterIp, bool onMasterIpOnly = true, bool followsNodes = true) =>
        new(Address(masterIp), onMasterIpOnly, followsNodes, null, () => throw new InvalidOperationException("looked up"));

    private static DatabaseParameters Database(DatabaseProtocol protocol = DatabaseProtocol.Tcp) =>
        new(OvnDatabase.Southbound, 6642, protocol, new TlsFiles("/k", "/c", "/a"));

    private static IPAddress? Address(string? text) => text is null ? null : IPAddress.Parse(text);
}
