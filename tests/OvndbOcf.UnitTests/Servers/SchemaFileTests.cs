using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public class SchemaFileTests
{
    /// <summary>The ovn-ctl, the directory of the environment, the files that exist, and the one that counts.</summary>
    public static TheoryData<string, string?, string[], string?> Places =>
        new()
        {
            {
                "/usr/share/ovn/scripts/ovn-ctl",
                null,
                ["/usr/share/ovn/ovn-nb.ovsschema", "/usr/share/openvswitch/ovn-nb.ovsschema"],
                "/usr/share/ovn/ovn-nb.ovsschema"
            },
            {
                "/usr/share/openvswitch/scripts/ovn-ctl",
                null,
                ["/usr/share/openvswitch/ovn-nb.ovsschema"],
                "/usr/share/openvswitch/ovn-nb.ovsschema"
            },
            { "/usr/share/openvswitch/scripts/ovn-ctl", null, ["/usr/share/ovn/ovn-nb.ovsschema"], "/usr/share/ovn/ovn-nb.ovsschema" },
            {
                "/opt/ovn/share/ovn/scripts/ovn-ctl",
                null,
                ["/usr/share/ovn/ovn-nb.ovsschema", "/opt/ovn/share/ovn/ovn-nb.ovsschema"],
                "/opt/ovn/share/ovn/ovn-nb.ovsschema"
            },
            { "/opt/ovn-ctl", null, ["/usr/share/ovn/ovn-nb.ovsschema"], "/usr/share/ovn/ovn-nb.ovsschema" },
            { "/ovn-ctl", null, ["/usr/share/ovn/ovn-nb.ovsschema"], "/usr/share/ovn/ovn-nb.ovsschema" },
            {
                "/usr/share/ovn/scripts/ovn-ctl",
                "/data",
                ["/usr/share/ovn/ovn-nb.ovsschema", "/data/ovn-nb.ovsschema"],
                "/data/ovn-nb.ovsschema"
            },
            { "/usr/share/ovn/scripts/ovn-ctl", "/data", ["/usr/share/ovn/ovn-nb.ovsschema"], null },
            { "/usr/share/ovn/scripts/ovn-ctl", null, ["/usr/share/ovn/ovn-sb.ovsschema"], null },
        };

    [Theory]
    [MemberData(nameof(Places))]
    public void The_schema_is_the_one_that_ovn_ctl_takes(string ovnCtl, string? packageData, string[] files, string? expected) =>
        Assert.Equal(expected, SchemaFile.Find(Configured.Parameters().Northbound, ovnCtl, packageData, files.Contains));

    [Theory]
    [InlineData("7.0.0", "1 2", "7.0.0", "1 2", true)]
    [InlineData("7.0.0", "1 2", "7.0.0", "1 3", false)]
    [InlineData("7.0.0", "1 2", "7.1.0", "1 2", false)]
    [InlineData("", "1 2", "", "1 2", false)]
    [InlineData("7.0.0", "", "7.0.0", "", false)]
    public void Schemas_are_surely_the_same_only_by_version_and_check_sum(
        string version,
        string checksum,
        string otherVersion,
        string otherChecksum,
        bool same
    ) => Assert.Equal(same, new SchemaId(version, checksum).IsSurely(new SchemaId(otherVersion, otherChecksum)));

    [Theory]
    [InlineData("""{"name":"OVN_Northbound","version":"7.0.0","cksum":"1 2"}""", "7.0.0", "1 2")]
    [InlineData("""{"version":7}""", "", "")]
    [InlineData("[]", null, null)]
    [InlineData("{", null, null)]
    [InlineData("""{"version":"1","version":"2"}""", null, null)]
    public void A_schema_file_says_which_schema_it_has(string content, string? version, string? checksum)
    {
        using var control = new ControlFixture();
        Assert.Equal(version is null ? null : new SchemaId(version, checksum!), SchemaFile.Read(control.Folder.Write("s", content)));
        Assert.Null(SchemaFile.Read(control.Folder["missing"]));
    }
}
