using OvndbOcf.Decisions.Connections;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class ClientRemotesTests
{
    private const string Northbound = "db:OVN_Northbound,NB_Global,connections";
    private const string Southbound = "db:OVN_Southbound,SB_Global,connections";

    [Theory]
    [InlineData("10.0.0.9", "tcp", "ptcp:6641:0.0.0.0", "ptcp:6642:0.0.0.0")]
    [InlineData("2001:db8::9", "tcp", "ptcp:6641:[::]", "ptcp:6642:[::]")]
    [InlineData("10.0.0.9", "ssl", null, null)]
    [InlineData("2001:db8::9", "ssl", null, null)]
    public void Behind_a_balancer_the_active_server_listens_on_all_addresses_and_as_the_database_says(
        string address,
        string protocol,
        string? northbound,
        string? southbound
    )
    {
        var parameters = Configured.Parameters(
            ("master_ip", address),
            ("listen_on_master_ip_only", "no"),
            ("nb_master_protocol", protocol),
            ("sb_master_protocol", protocol)
        );
        Assert.Equal(
            northbound is null ? [Northbound] : [northbound, Northbound],
            ClientRemotes.OfActive(parameters.Northbound, parameters.ListenTarget(parameters.Northbound))
        );
        Assert.Equal(
            southbound is null ? [Southbound] : [southbound, Southbound],
            ClientRemotes.OfActive(parameters.Southbound, parameters.ListenTarget(parameters.Southbound))
        );
    }
}
