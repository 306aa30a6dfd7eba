using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class ParameterDefaultsTests
{
    /// <summary>Every parameter of OVN's shell agent with its default there.</summary>
    public static TheoryData<string, string?> OfTheShellAgent =>
        new()
        {
            { "ovn_ctl", "/usr/share/ovn/scripts/ovn-ctl" },
            { "master_ip", null },
            { "nb_master_port", "6641" },
            { "nb_master_protocol", "tcp" },
            { "sb_master_port", "6642" },
            { "sb_master_protocol", "tcp" },
            { "manage_northd", "no" },
            { "inactive_probe_interval", "5000" },
            { "inactive_probe_interval_to_master", "60000" },
            { "listen_on_master_ip_only", "yes" },
            { "ovn_nb_db_privkey", "/etc/openvswitch/ovnnb-privkey.pem" },
            { "ovn_nb_db_cert", "/etc/openvswitch/ovnnb-cert.pem" },
            { "ovn_nb_db_cacert", "/etc/openvswitch/cacert.pem" },
            { "ovn_sb_db_privkey", "/etc/openvswitch/ovnsb-privkey.pem" },
            { "ovn_sb_db_cert", "/etc/openvswitch/ovnsb-cert.pem" },
            { "ovn_sb_db_cacert", "/etc/openvswitch/cacert.pem" },
        };

    [Theory]
    [MemberData(nameof(OfTheShellAgent))]
    public void Every_parameter_of_the_shell_agent_is_there_with_its_default(string name, string? value) =>
        Assert.Equal(value, Assert.Single(ParameterTable.All, parameter => parameter.Name == name).Default);

    [Fact]
    public void The_only_others_are_known_and_none_is_required() =>
        Assert.Equal(
            [
                "max_open_files",
                "outdated_copies",
                "ovn_dbdir",
                "ovn_logdir",
                "ovn_rundir",
                "ovn_sysconfdir",
                "replicate_from",
                "replication_network",
                "report_degraded",
                "set_aside_count",
            ],
            ParameterTable
                .All.Where(parameter => !OfTheShellAgent.Any(row => row.Data.Item1 == parameter.Name))
                .Select(parameter => parameter.Required ? "required" : parameter.Name)
                .Order()
        );

    [Fact]
    public void What_is_not_set_has_its_default()
    {
        var parameters = Configured.Parameters(("master_ip", "10.0.0.9"));
        Assert.Equal(IPAddress.Parse("10.0.0.9"), parameters.MasterIp);
        Assert.Equal(
            new DatabaseParameters(
                OvnDatabase.Northbound,
                6641,
                DatabaseProtocol.Tcp,
                new TlsFiles("/etc/openvswitch/ovnnb-privkey.pem", "/etc/openvswitch/ovnnb-cert.pem", "/etc/openvswitch/cacert.pem")
            ),
            parameters.Northbound
        );
        Assert.Equal(
            new DatabaseParameters(
                OvnDatabase.Southbound,
                6642,
                DatabaseProtocol.Tcp,
                new TlsFiles("/etc/openvswitch/ovnsb-privkey.pem", "/etc/openvswitch/ovnsb-cert.pem", "/etc/openvswitch/cacert.pem")
            ),
            parameters.Southbound
        );
        Assert.False(parameters.ManageNorthd);
        Assert.True(parameters.ListenOnMasterIpOnly);
        Assert.Equal(5000, parameters.ClientProbeInterval);
        Assert.Equal(60000, parameters.ActiveProbeInterval);
        Assert.False(parameters.ReportDegraded);
        Assert.Equal(OutdatedPolicy.Refuse, parameters.OutdatedPolicy);
        Assert.Equal(5, parameters.SetAsideCount);
        Assert.Equal(65536, parameters.MaxOpenFiles);
        Assert.True(parameters.ReplicateFromNode);
        Assert.Null(parameters.ReplicationNetwork);
        Assert.Equal("/usr/share/ovn/scripts/ovn-ctl", parameters.OvnCtl);
        Assert.Equal(new OvnDirectories("/var/run/ovn", null, null, null), parameters.Directories);
    }

    [Fact]
    public void Every_parameter_that_is_set_counts()
    {
        var parameters = Configured.Parameters(
            ("master_ip", "[2001:db8::9]"),
            ("nb_master_port", "1"),
            ("sb_master_port", "65535"),
            ("nb_master_protocol", "ssl"),
            ("sb_master_protocol", "ssl"),
            ("manage_northd", "YES"),
            ("listen_on_master_ip_only", "false"),
            ("inactive_probe_interval", "0"),
            ("inactive_probe_interval_to_master", "2147483647"),
            ("report_degraded", "on"),
            ("outdated_copies", "allow"),
            ("set_aside_count", "1000"),
            ("max_open_files", "1000000"),
            ("replicate_from", "master_ip"),
            ("replication_network", "10.0.1.0/24"),
            ("ovn_ctl", "/opt/ovn-ctl"),
            ("ovn_nb_db_privkey", "/1"),
            ("ovn_nb_db_cert", "/2"),
            ("ovn_nb_db_cacert", "/3"),
            ("ovn_sb_db_privkey", "/4"),
            ("ovn_sb_db_cert", "/5"),
            ("ovn_sb_db_cacert", "/6"),
            ("ovn_rundir", "/r"),
            ("ovn_dbdir", "/d"),
            ("ovn_logdir", "/l"),
            ("ovn_sysconfdir", "/s")
        );
        Assert.Equal(IPAddress.Parse("2001:db8::9"), parameters.MasterIp);
        Assert.Equal(
            new DatabaseParameters(OvnDatabase.Northbound, 1, DatabaseProtocol.Ssl, new TlsFiles("/1", "/2", "/3")),
            parameters.Northbound
        );
        Assert.Equal(
            new DatabaseParameters(OvnDatabase.Southbound, 65535, DatabaseProtocol.Ssl, new TlsFiles("/4", "/5", "/6")),
            parameters.Southbound
        );
        Assert.True(parameters.ManageNorthd);
        Assert.False(parameters.ListenOnMasterIpOnly);
        Assert.Equal(0, parameters.ClientProbeInterval);
        Assert.Equal(int.MaxValue, parameters.ActiveProbeInterval);
        Assert.True(parameters.ReportDegraded);
        Assert.Equal(OutdatedPolicy.Allow, parameters.OutdatedPolicy);
        Assert.Equal(1000, parameters.SetAsideCount);
        Assert.Equal(1_000_000, parameters.MaxOpenFiles);
        Assert.False(parameters.ReplicateFromNode);
        Assert.Equal(IPNetwork.Parse("10.0.1.0/24"), parameters.ReplicationNetwork);
        Assert.Equal("/opt/ovn-ctl", parameters.OvnCtl);
        Assert.Equal(new OvnDirectories("/r", "/d", "/l", "/s"), parameters.Directories);
    }

    [Fact]
    public void Directories_of_Pacemakers_environment_count_where_no_parameter_is_set()
    {
        var environment = OvndbOcf.Ocf.OcfEnvironment.From(
            "ovndb-servers",
            new Dictionary<string, string?>
            {
                ["OCF_RESKEY_master_ip"] = "10.0.0.9",
                ["OCF_RESKEY_ovn_dbdir"] = "/parameter",
                ["OVN_RUNDIR"] = "/env/run",
                ["OVN_DBDIR"] = "/env/db",
                ["OVN_LOGDIR"] = "/env/log",
                ["OVN_SYSCONFDIR"] = "/env/etc",
            }
        );
        var directories = ParameterReader.Read(environment).Parameters.Directories;
        Assert.Equal(new OvnDirectories("/env/run", "/parameter", "/env/log", "/env/etc"), directories);
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["OVN_RUNDIR"] = "/env/run",
                ["OVN_DBDIR"] = "/parameter",
                ["OVN_LOGDIR"] = "/env/log",
                ["OVN_SYSCONFDIR"] = "/env/etc",
            },
            directories.Variables
        );
        Assert.Null(directories.PackageData);
        Assert.Equal(["OVN_RUNDIR"], new OvnDirectories("/r", null, null, null).Variables.Keys);
    }

    [Theory]
    [InlineData("/srv/run", "/srv/run")]
    [InlineData("/srv/run/", "/srv/run")]
    [InlineData("//srv///run//", "/srv/run")]
    [InlineData("/srv/./run/.", "/srv/run")]
    [InlineData("/srv/etc/../run", "/srv/run")]
    [InlineData("/../srv/run/../run/", "/srv/run")]
    [InlineData("/", "/")]
    public void A_directory_has_one_spelling_whoever_configures_it(string written, string path)
    {
        var variables = new[] { "OVN_RUNDIR", "OVN_DBDIR", "OVN_LOGDIR", "OVN_SYSCONFDIR" };
        var parameters = new[] { "ovn_rundir", "ovn_dbdir", "ovn_logdir", "ovn_sysconfdir" };
        var ofEnvironment = OvndbOcf.Ocf.OcfEnvironment.From(
            "ovndb-servers",
            [new("OCF_RESKEY_master_ip", "10.0.0.9"), .. variables.Select(name => KeyValuePair.Create<string, string?>(name, written))]
        );
        Assert.Equal(new OvnDirectories(path, path, path, path), ParameterReader.Read(ofEnvironment).Parameters.Directories);
        Assert.Equal(
            new OvnDirectories(path, path, path, path),
            Configured.Parameters([.. parameters.Select(name => (name, written))]).Directories
        );
    }

    [Fact]
    public void Databases_move_with_the_configuration_unless_they_have_a_directory_of_their_own()
    {
        Assert.Equal("/s/ovn", Configured.Parameters(("ovn_sysconfdir", "/s")).Directories.Database);
        Assert.Equal("/d", Configured.Parameters(("ovn_sysconfdir", "/s"), ("ovn_dbdir", "/d")).Directories.Database);
        Assert.Null(Configured.Parameters(("ovn_logdir", "/l")).Directories.Database);
    }

    [Theory]
    [InlineData("10.0.0.9", "yes", "ptcp:6641:10.0.0.9", "tcp:10.0.0.9:6641")]
    [InlineData("10.0.0.9", "no", "ptcp:6641:0.0.0.0", "tcp:10.0.0.9:6641")]
    [InlineData("2001:db8::9", "yes", "ptcp:6641:[2001:db8::9]", "tcp:[2001:db8::9]:6641")]
    [InlineData("2001:DB8:0:0::9", "no", "ptcp:6641:[::]", "tcp:[2001:db8::9]:6641")]
    public void Servers_listen_on_the_address_or_behind_a_balancer_on_all(string address, string only, string listens, string follows)
    {
        var parameters = Configured.Parameters(("master_ip", address), ("listen_on_master_ip_only", only), ("sb_master_protocol", "ssl"));
        var topology = NodeAddress.Topology(parameters);
        Assert.Equal(listens, topology.ListenerForClients(parameters.Northbound)?.ToString());
        Assert.Equal(follows, topology.RemoteOfClients(parameters.Northbound)?.ToString());
        Assert.Equal(
            listens.Replace("ptcp:6641", "pssl:6642", StringComparison.Ordinal),
            topology.ListenerForClients(parameters.Southbound)?.ToString()
        );
        Assert.Equal(
            follows.Replace("tcp", "ssl", StringComparison.Ordinal).Replace("6641", "6642", StringComparison.Ordinal),
            topology.RemoteOfClients(parameters.Southbound)?.ToString()
        );
    }

    [Fact]
    public void An_unknown_name_has_no_default()
    {
        Assert.Throws<ArgumentException>(() => ParameterTable.DefaultOf("no_such_parameter"));
        Assert.Throws<ArgumentException>(() => ParameterTable.DefaultOf("master_ip"));
    }
}
