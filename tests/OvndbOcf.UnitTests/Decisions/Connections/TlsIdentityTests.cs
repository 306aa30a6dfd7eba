using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Databases;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Connections;

public sealed class TlsIdentityTests
{
    private const string Right = "--private-key=/k --certificate=/c --ca-cert=/a";

    [Theory]
    [InlineData("ssl", Right, null)]
    [InlineData("ssl", "ovsdb-server --remote=punix:/x " + Right + " /db", null)]
    [InlineData("ssl", "--private-key=/old --certificate=/c --ca-cert=/a", "ovn_nb_db_privkey")]
    [InlineData("ssl", "--private-key=/k --certificate=/old --ca-cert=/a", "ovn_nb_db_cert")]
    [InlineData("ssl", "--private-key=/k --certificate=/c --ca-cert=/old", "ovn_nb_db_cacert")]
    [InlineData("ssl", "--private-key=/kk --certificate=/c --ca-cert=/a", "ovn_nb_db_privkey")]
    // It was started for TCP: ovn-ctl has it look into the data then.
    [InlineData(
        "ssl",
        "--private-key=db:OVN_Northbound,SSL,private_key --certificate=db:OVN_Northbound,SSL,certificate --ca-cert=db:OVN_Northbound,SSL,ca_cert",
        "ovn_nb_db_privkey"
    )]
    // The last one counts.
    [InlineData("ssl", Right + " --ca-cert=/other", "ovn_nb_db_cacert")]
    [InlineData("ssl", "--ca-cert=/other " + Right, null)]
    // What is not known is no reason to restart anything.
    [InlineData("ssl", "", null)]
    [InlineData("ssl", "ovsdb-server /db", null)]
    [InlineData("ssl", "--certificate=/c", null)]
    [InlineData("tcp", "--private-key=/old --certificate=/old --ca-cert=/old", null)]
    [InlineData("tcp", "", null)]
    public void A_server_is_restarted_where_it_runs_with_other_files_than_the_parameters_name(
        string protocol,
        string commandLine,
        string? parameter
    )
    {
        var database = new DatabaseParameters(
            OvnDatabase.Northbound,
            6641,
            protocol == "ssl" ? DatabaseProtocol.Ssl : DatabaseProtocol.Tcp,
            new TlsFiles("/k", "/c", "/a")
        );
        Assert.Equal(parameter, TlsIdentity.FindDifference(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), database));
    }
}
