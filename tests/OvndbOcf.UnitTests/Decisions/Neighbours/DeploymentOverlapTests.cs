using System.Globalization;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Neighbours;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Neighbours;

public sealed class DeploymentOverlapTests
{
    private const string Apart = "ovn_rundir=/run/b ovn_dbdir=/var/lib/b ovn_sysconfdir=/etc/b nb_master_port=6651 sb_master_port=6652";

    /// <summary>What the second of two resources has different from the usual, and what both have in common.</summary>
    public static TheoryData<string, string> Table =>
        new()
        {
            { "", "ovn_rundir ovn_dbdir ovn_sysconfdir nb_master_port sb_master_port" },
            { Apart, "" },
            { Apart + " ovn_rundir=/run/ovn", "ovn_rundir" },
            { Apart + " ovn_rundir=/var/run/ovn/", "ovn_rundir" },
            { Apart + " ovn_rundir=/run/../run//ovn", "ovn_rundir" },
            { Apart + " ovn_dbdir=/var/lib/ovn/", "ovn_dbdir" },
            { Apart + " ovn_sysconfdir=/etc/", "ovn_sysconfdir" },
            { Apart + " nb_master_port=6641", "nb_master_port" },
            { Apart + " sb_master_port=6641", "nb_master_port" },
            { Apart + " nb_master_port=6642", "sb_master_port" },
            { "master_ip=10.0.0.8 ovn_rundir=/run/b ovn_sysconfdir=/etc/b nb_master_port=6651 sb_master_port=6652", "" },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void What_only_one_may_have_on_a_node_is_found(string second, string shared)
    {
        Assert.Equal(shared.Split(' ', StringSplitOptions.RemoveEmptyEntries), DeploymentOverlap.Of(Read(""), Read(second)));
    }

    [Theory]
    [InlineData("/var/run/ovn", "/run/ovn")]
    [InlineData("/var/run", "/run")]
    [InlineData("/var/running", "/var/running")]
    [InlineData("/run/ovn/", "/run/ovn")]
    public void A_directory_has_one_spelling(string directory, string plain) => Assert.Equal(plain, DeploymentOverlap.Plain(directory));

    // The last word of a name counts.
    private static Deployment Read(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Split('='))
            .GroupBy(pair => pair[0])
            .ToDictionary(group => group.Key, group => group.Last()[1]);
        return new Deployment(
            words.GetValueOrDefault("ovn_rundir", "/var/run/ovn"),
            words.GetValueOrDefault("ovn_dbdir"),
            words.GetValueOrDefault("ovn_sysconfdir"),
            [Of(OvnDatabase.Northbound, "nb_master_port", "6641"), Of(OvnDatabase.Southbound, "sb_master_port", "6642")]
        );

        DatabaseParameters Of(OvnDatabase database, string name, string usual) =>
            new(
                database,
                int.Parse(words.GetValueOrDefault(name, usual), CultureInfo.InvariantCulture),
                DatabaseProtocol.Tcp,
                new TlsFiles("/k", "/c", "/a")
            );
    }
}
