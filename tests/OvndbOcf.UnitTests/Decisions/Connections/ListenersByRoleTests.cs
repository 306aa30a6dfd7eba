using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Databases;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Connections;

public sealed class ListenersByRoleTests
{
    private const string Target = "ptcp:6642:10.0.0.9";
    private const string Data = "db:OVN_Southbound,SB_Global,connections";

    /// <summary>The protocol, where clients connect, whether that is master_ip alone; and what an active server and a backup listen on.</summary>
    public static TheoryData<DatabaseProtocol, string?, bool, string[], string[]> Table =>
        new()
        {
            { DatabaseProtocol.Tcp, Target, true, [Target, Data], [Target] },
            { DatabaseProtocol.Tcp, Target, false, [Target, Data], [] },
            { DatabaseProtocol.Tcp, null, true, [Data], [] },
            { DatabaseProtocol.Tcp, null, false, [Data], [] },
            { DatabaseProtocol.Ssl, Target, true, [Data], [] },
            { DatabaseProtocol.Ssl, Target, false, [Data], [] },
            { DatabaseProtocol.Ssl, null, true, [Data], [] },
            { DatabaseProtocol.Ssl, null, false, [Data], [] },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void Only_a_server_for_plain_connections_listens_on_a_port_by_itself_and_a_backup_on_an_address_that_is_yet_to_come(
        DatabaseProtocol protocol,
        string? target,
        bool onMasterIpOnly,
        string[] active,
        string[] backup
    )
    {
        var database = new DatabaseParameters(OvnDatabase.Southbound, 6642, protocol, new TlsFiles("/k", "/c", "/a"));
        Assert.Equal(active, ClientRemotes.OfActive(database, target));
        Assert.Equal(backup, ClientRemotes.OfBackup(database, target, onMasterIpOnly));
    }
}
