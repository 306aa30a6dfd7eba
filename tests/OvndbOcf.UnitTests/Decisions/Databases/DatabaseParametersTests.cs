using OvndbOcf.Decisions.Databases;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Databases;

public sealed class DatabaseParametersTests
{
    [Theory]
    [InlineData(OvnDatabase.Northbound, "nb NB OVN_Northbound NB_Global")]
    [InlineData(OvnDatabase.Southbound, "sb SB OVN_Southbound SB_Global")]
    public void Each_database_has_its_names(OvnDatabase which, string names)
    {
        var database = new DatabaseParameters(which, 6641, DatabaseProtocol.Tcp, new TlsFiles("/k", "/c", "/a"));
        Assert.Equal(names, $"{database.Prefix} {database.Label} {database.SchemaName} {database.GlobalTable}");
    }

    [Theory]
    [InlineData(DatabaseProtocol.Tcp, "tcp")]
    [InlineData(DatabaseProtocol.Ssl, "ssl")]
    public void A_protocol_is_named_as_in_remotes(DatabaseProtocol protocol, string name) =>
        Assert.Equal(name, new DatabaseParameters(OvnDatabase.Northbound, 6641, protocol, new TlsFiles("/k", "/c", "/a")).ProtocolName);
}
