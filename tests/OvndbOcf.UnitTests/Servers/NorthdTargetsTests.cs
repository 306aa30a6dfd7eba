using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class NorthdTargetsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--n-threads=4")]
    [InlineData("--ovnnb-db=unix:/var/run/ovn/ovnnb_db.sock --ovnsb-db=unix:/run/ovn/ovnsb_db.sock")]
    [InlineData("--ovnnb-db=tcp:10.0.0.9:6641 --ovnsb-db=tcp:10.0.0.9:6642")]
    [InlineData("--ovnnb-db unix:/run/ovn/ovnnb_db.sock --ovnsb-db unix:/run/ovn/ovnsb_db.sock")]
    [InlineData("--ovnnb-db=unix:/run/ovn/ovnnb_db.sock,tcp:10.0.0.9:6641")]
    [InlineData("--ovnnb-db")]
    [InlineData("--ovnnb-db=")]
    public void Sockets_of_this_node_and_the_virtual_address_are_ours(string arguments) => Assert.Null(Elsewhere(arguments));

    [Theory]
    [InlineData(
        "--ovnnb-db=tcp:10.0.0.1:6641,tcp:10.0.0.2:6641 --ovnsb-db=tcp:10.0.0.1:6642",
        "--ovnnb-db=tcp:10.0.0.1:6641,tcp:10.0.0.2:6641"
    )]
    [InlineData("--ovnnb-db=unix:/run/ovn/ovnnb_db.sock --ovnsb-db=tcp:10.0.0.1:6642\n", "--ovnsb-db=tcp:10.0.0.1:6642")]
    [InlineData("--ovnnb-db=unix:/run/ovn/ovnnb_db.sock,tcp:10.0.0.1:6641", "--ovnnb-db=unix:/run/ovn/ovnnb_db.sock,tcp:10.0.0.1:6641")]
    [InlineData("--ovnsb-db ssl:10.0.0.9:6642", "--ovnsb-db=ssl:10.0.0.9:6642")]
    [InlineData("--ovnnb-db=tcp:10.0.0.9:6642", "--ovnnb-db=tcp:10.0.0.9:6642")]
    [InlineData("--ovnnb-db=unix:/run/ovn/ovnsb_db.sock", "--ovnnb-db=unix:/run/ovn/ovnsb_db.sock")]
    [InlineData("--ovnnb-db=unix:/opt/run/ovnnb_db.sock", "--ovnnb-db=unix:/opt/run/ovnnb_db.sock")]
    public void The_first_that_is_elsewhere_is_named(string arguments, string elsewhere) => Assert.Equal(elsewhere, Elsewhere(arguments));

    [Fact]
    public void The_file_lies_in_the_configuration_directory()
    {
        Assert.Equal("/etc/ovn/ovn-northd-db-params.conf", NorthdTargets.FileIn(Configured.Parameters().Directories));
        Assert.Equal("/s/ovn/ovn-northd-db-params.conf", NorthdTargets.FileIn(Configured.Parameters(("ovn_sysconfdir", "/s")).Directories));
    }

    private static string? Elsewhere(string arguments)
    {
        var parameters = Configured.Parameters();
        return NorthdTargets.Elsewhere(NorthdTargets.Split(arguments), parameters, NodeAddress.Topology(parameters));
    }
}
