using OvndbOcf.Ocf;
using OvndbOcf.Servers.Parameters;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class ParameterMistakesTests
{
    private const string Port = "write a number from 1 to 65535, the usual one is ";
    private const string Protocol = "write tcp, or ssl for TLS";
    private const string Boolean = "write yes or no";
    private const string Interval = "write milliseconds as a whole number such as ";
    private const string Count = "write a whole number from 0 to 1000, the usual one is 5";
    private const string Path = "write an absolute path without spaces, such as ";

    private const string Network = "is not a network; write the first address and the prefix length, such as 10.0.1.0/24";

    /// <summary>A parameter, a wrong value, what to write instead, and whether the servers cannot run with it.</summary>
    public static TheoryData<string, string, string, bool> Mistakes =>
        new()
        {
            { "nb_master_port", "0", Port + "6641", true },
            { "nb_master_port", "70000", Port + "6641", true },
            { "nb_master_port", "65536", Port + "6641", true },
            { "nb_master_port", "-6641", Port + "6641", true },
            { "nb_master_port", "+6641", Port + "6641", true },
            { "nb_master_port", "6641.0", Port + "6641", true },
            { "nb_master_port", "0x19f1", Port + "6641", true },
            { "nb_master_port", "99999999999999999999", Port + "6641", true },
            { "nb_master_port", "ovnnb", Port + "6641", true },
            { "nb_master_port", " ", Port + "6641", true },
            { "sb_master_port", "0", Port + "6642", true },
            { "sb_master_port", "70000", Port + "6642", true },
            { "sb_master_port", "6641", "give each database its own port", true },
            { "nb_master_protocol", "udp", Protocol, true },
            { "nb_master_protocol", "TCP", Protocol, true },
            { "nb_master_protocol", "tls", Protocol, true },
            { "nb_master_protocol", "ptcp", Protocol, true },
            { "sb_master_protocol", "https", Protocol, true },
            { "listen_on_master_ip_only", "maybe", Boolean, true },
            { "listen_on_master_ip_only", "2", Boolean, true },
            { "manage_northd", "maybe", Boolean, false },
            { "manage_northd", "yes,no", Boolean, false },
            { "report_degraded", "sometimes", Boolean, false },
            { "outdated_copies", "deny", "neither refuse nor allow; write one of these", false },
            { "outdated_copies", "Allow", "neither refuse nor allow; write one of these", false },
            { "outdated_copies", "refuse ", "neither refuse nor allow; write one of these", false },
            { "set_aside_count", "-1", Count, false },
            { "set_aside_count", "1001", Count, false },
            { "set_aside_count", "99999999999999999999", Count, false },
            { "set_aside_count", "all", Count, false },
            { "max_open_files", "1023", "write a whole number from 1024 to 1000000, the usual one is 65536", false },
            { "max_open_files", "1000001", "write a whole number from 1024 to 1000000, the usual one is 65536", false },
            { "max_open_files", "unlimited", "write a whole number from 1024 to 1000000, the usual one is 65536", false },
            { "replicate_from", "nodes", "neither node nor master_ip; write one of these", true },
            { "replicate_from", "10.0.0.2", "neither node nor master_ip; write one of these", true },
            { "replication_network", "10.0.1.2", Network, true },
            { "replication_network", "10.0.1.2/24", Network, true },
            { "replication_network", "10.1/16", Network, true },
            { "replication_network", "0.0.0.0/0", Network, true },
            { "replication_network", "10.0.1.0/33", Network, true },
            { "replication_network", "eth0", Network, true },
            { "replication_network", "2001:db8::1/64", Network, true },
            { "inactive_probe_interval", "-1", Interval + "5000", false },
            { "inactive_probe_interval", "5s", Interval + "5000", false },
            { "inactive_probe_interval", "5000.5", Interval + "5000", false },
            { "inactive_probe_interval", "2147483648", Interval + "5000", false },
            { "inactive_probe_interval_to_master", "1min", Interval + "60000", false },
            { "inactive_probe_interval_to_master", "", "", false },
            { "ovn_ctl", "ovn-ctl", Path + "/usr/share/ovn/scripts/ovn-ctl", false },
            { "ovn_ctl", "/opt/my ovn/ovn-ctl", Path + "/usr/share/ovn/scripts/ovn-ctl", false },
            { "ovn_nb_db_privkey", "key.pem", Path + "/etc/openvswitch/ovnnb-privkey.pem", true },
            { "ovn_nb_db_cert", "~/cert.pem", Path + "/etc/openvswitch/ovnnb-cert.pem", true },
            { "ovn_nb_db_cacert", "./ca.pem", Path + "/etc/openvswitch/cacert.pem", true },
            { "ovn_sb_db_privkey", "/a\tb", Path + "/etc/openvswitch/ovnsb-privkey.pem", true },
            { "ovn_sb_db_cert", "/a\nb", Path + "/etc/openvswitch/ovnsb-cert.pem", true },
            { "ovn_sb_db_cacert", "file:///ca.pem", Path + "/etc/openvswitch/cacert.pem", true },
            { "ovn_rundir", "run", Path + "/srv/ovn", true },
            { "ovn_dbdir", "db", Path + "/srv/ovn", true },
            { "ovn_logdir", "log", Path + "/srv/ovn", true },
            { "ovn_sysconfdir", "etc", Path + "/srv/ovn", true },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_told_with_what_to_write_instead(string name, string value, string instead, bool preventsStart)
    {
        var (_, problems) = Configured.Read((name, value));
        if (value.Length == 0)
        {
            Assert.Empty(problems);
            return;
        }

        var problem = Assert.Single(problems);
        Assert.Equal(name, problem.Parameter);
        Assert.Equal(OcfExitCode.NotConfigured, problem.Code);
        Assert.Contains(instead, problem.Text, StringComparison.Ordinal);
        Assert.Contains(value, problem.Text, StringComparison.Ordinal);
        Assert.Equal(preventsStart, problem.PreventsStart);
        Assert.Equal($"{name}: {problem.Text}", problem.ToString());
    }

    [Fact]
    public void In_place_of_each_wrong_value_stands_its_default()
    {
        var defaults = Configured.Parameters();
        foreach (var row in Mistakes.Where(row => row.Data is not ("sb_master_port", "6641", _, _)))
        {
            var (parameters, _) = Configured.Read((row.Data.Item1, row.Data.Item2));
            var expected = row.Data.Item1 == "manage_northd" ? defaults with { ManageNorthd = null } : defaults;
            Assert.Equal(expected, parameters);
        }
    }

    [Fact]
    public void Every_parameter_that_can_be_wrong_has_a_row() =>
        Assert.Equal(
            ParameterTable.All.Select(parameter => parameter.Name).Where(name => name != "master_ip").Order(),
            Mistakes.Select(row => row.Data.Item1).Distinct().Order()
        );

    [Fact]
    public void All_mistakes_are_told_and_not_just_the_first()
    {
        var wrong = ParameterTable.All.Select(parameter => (parameter.Name, "not good")).ToArray();
        var (_, problems) = Configured.Read(wrong);
        Assert.Equal(wrong.Select(pair => pair.Name).Order(), problems.Select(problem => problem.Parameter).Order());
        Assert.Equal(OcfExitCode.NotConfigured, ParameterProblem.WorstOf(problems));
    }

    [Theory]
    [InlineData("70000", "6641")]
    [InlineData("6642", "x")]
    public void A_port_that_is_no_number_is_not_also_called_taken(string northbound, string southbound) =>
        Assert.Single(Configured.Read(("nb_master_port", northbound), ("sb_master_port", southbound)).Problems);

    [Fact]
    public void A_missing_address_is_told_of()
    {
        var (parameters, problems) = ParameterReader.Read(Configured.Environment());
        var problem = Assert.Single(problems);
        Assert.Null(parameters.MasterIp);
        Assert.Equal((OcfExitCode.NotConfigured, "master_ip", true), (problem.Code, problem.Parameter, problem.PreventsStart));
        Assert.Contains("required; write the virtual IP address, such as 10.0.0.9 or 2001:db8::9", problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", OcfExitCode.Success)]
    [InlineData("2", OcfExitCode.InvalidArguments)]
    [InlineData("2 4", OcfExitCode.InsufficientPrivileges)]
    [InlineData("5 2 4", OcfExitCode.NotInstalled)]
    [InlineData("2 6 5 4", OcfExitCode.NotConfigured)]
    [InlineData("6 6", OcfExitCode.NotConfigured)]
    public void Of_several_codes_the_one_that_reaches_farthest_counts(string codes, OcfExitCode worst) =>
        Assert.Equal(
            worst,
            ParameterProblem.WorstOf(
                codes
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(code => new ParameterProblem(Enum.Parse<OcfExitCode>(code), "p", "t"))
            )
        );

    [Theory]
    [InlineData("/srv/$(reboot)")]
    [InlineData("/srv/`id`")]
    [InlineData("/srv/a;b")]
    [InlineData("/srv/a|b")]
    [InlineData("/srv/a&b")]
    [InlineData("/srv/*")]
    [InlineData("/srv/'a'")]
    [InlineData("/srv/a\nb")]
    [InlineData("/srv/a\u00a0b")]
    [InlineData("srv/../etc")]
    public void A_path_that_a_shell_could_take_for_more_than_a_path_is_not_used(string path)
    {
        foreach (
            var name in (string[])
                [
                    "ovn_ctl",
                    "ovn_rundir",
                    "ovn_dbdir",
                    "ovn_logdir",
                    "ovn_sysconfdir",
                    "ovn_nb_db_privkey",
                    "ovn_sb_db_cert",
                    "ovn_sb_db_cacert",
                ]
        )
        {
            var (parameters, problems) = Configured.Read((name, path));
            Assert.Equal(name, Assert.Single(problems).Parameter);
            Assert.DoesNotContain(path, parameters.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("OVN_RUNDIR", "ovn_rundir")]
    [InlineData("OVN_DBDIR", "ovn_dbdir")]
    [InlineData("OVN_LOGDIR", "ovn_logdir")]
    [InlineData("OVN_SYSCONFDIR", "ovn_sysconfdir")]
    public void A_variable_that_names_a_directory_is_checked_like_its_parameter(string variable, string name)
    {
        foreach (var path in (string[])["run", "/srv/a b", "/srv/$(reboot)"])
        {
            var (parameters, problems) = ParameterReader.Read(
                OcfEnvironment.From(
                    "ovndb-servers",
                    [
                        KeyValuePair.Create<string, string?>(variable, path),
                        KeyValuePair.Create<string, string?>("OCF_RESKEY_master_ip", "10.0.0.9"),
                    ]
                )
            );
            Assert.Equal(name, Assert.Single(problems).Parameter);
            Assert.DoesNotContain(path, parameters.Directories.Variables.Values);
        }
    }
}
