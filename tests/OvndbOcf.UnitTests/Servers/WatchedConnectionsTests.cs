using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class WatchedConnectionsTests
{
    private static readonly LinkEnds Ends = new("10.0.0.3:40112", "10.0.0.3:40114");
    private static readonly IPEndPoint LocalNorthbound = IPEndPoint.Parse("10.0.0.2:6641");
    private static readonly IPEndPoint LocalSouthbound = IPEndPoint.Parse("10.0.0.2:6642");
    private static readonly IPEndPoint RemoteNorthbound = IPEndPoint.Parse("10.0.0.3:40112");
    private static readonly IPEndPoint RemoteSouthbound = IPEndPoint.Parse("10.0.0.3:40114");
    private static readonly Dictionary<IPEndPoint, IPEndPoint> None = [];

    [Fact]
    public void An_active_watches_the_backups_connections_by_both_their_ends() =>
        Assert.Equal(
            [new(LocalNorthbound, RemoteNorthbound, true), new(LocalSouthbound, RemoteSouthbound, true)],
            OfActive(
                LocalNorthbound.Address,
                [Ends, Ends],
                new() { [RemoteNorthbound] = LocalNorthbound },
                new() { [RemoteSouthbound] = LocalSouthbound }
            )
        );

    [Fact]
    public void One_that_is_not_there_is_watched_for_where_it_would_come() =>
        Assert.Equal(
            [new(LocalNorthbound, RemoteNorthbound, true), new(LocalSouthbound, RemoteSouthbound, false)],
            OfActive(LocalNorthbound.Address, [Ends], new() { [RemoteNorthbound] = LocalNorthbound }, None)
        );

    [Fact]
    public void Where_backups_may_come_by_any_address_only_what_is_there_is_watched() =>
        Assert.Equal(
            [new(LocalNorthbound, RemoteNorthbound, true)],
            OfActive(null, [Ends], new() { [RemoteNorthbound] = LocalNorthbound }, None)
        );

    [Fact]
    public void What_a_backup_publishes_may_be_nonsense() => Assert.Empty(OfActive(LocalNorthbound.Address, [new("x", "-")], None, None));

    [Fact]
    public void A_backup_watches_its_own_connections() =>
        Assert.Equal(
            [new(RemoteNorthbound, LocalNorthbound, true), new(RemoteSouthbound, LocalSouthbound, true)],
            WatchedConnections.OfBackup(
                new(Following(new(RemoteNorthbound, LocalNorthbound)), Following(new(RemoteSouthbound, LocalSouthbound)))
            )
        );

    [Fact]
    public void A_backup_without_both_connections_is_not_steady()
    {
        var (with, without) = (Following(new(RemoteNorthbound, LocalNorthbound)), Following(null));
        Assert.Null(WatchedConnections.OfBackup(new(with, without)));
        Assert.Null(WatchedConnections.OfBackup(new(without, with)));
        Assert.Null(WatchedConnections.OfBackup(new(without, without)));
    }

    private static ServerObservation Following(BackupLink? link) => new(ServerState.Replicating, "tcp:10.0.0.2:6641", "") { Link = link };

    private static IReadOnlyList<WatchedConnection> OfActive(
        IPAddress? address,
        IEnumerable<LinkEnds> backups,
        Dictionary<IPEndPoint, IPEndPoint> northbound,
        Dictionary<IPEndPoint, IPEndPoint> southbound
    ) => WatchedConnections.OfActive(Configured.Parameters(), address, backups, northbound, southbound);
}
