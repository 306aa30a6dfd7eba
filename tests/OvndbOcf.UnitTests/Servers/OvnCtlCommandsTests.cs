using System.Net;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class OvnCtlCommandsTests
{
    private const string V4 = "10.0.0.9";
    private const string V6 = "2001:db8::9";
    private const string Waiting = "--db-{0}-sync-from-addr=192.0.2.254 --db-{0}-sync-from-port=6641 --db-{0}-sync-from-proto=tcp";
    private const string Tls =
        " --ovn-{0}-db-ssl-key=/etc/openvswitch/ovn{0}-privkey.pem --ovn-{0}-db-ssl-cert=/etc/openvswitch/ovn{0}-cert.pem"
        + " --ovn-{0}-db-ssl-ca-cert=/etc/openvswitch/cacert.pem";

    private const string NotByData = " --db-{0}-use-remote-in-db=no";
    private const string Insecure = " --db-{0}-create-insecure-remote=yes";
    private const string Hidden = " --db-{0}-create-insecure-remote=no";

    /// <summary>master_ip, protocol, whether load-balanced; then the arguments, with {0} for the database and {1} for its port.</summary>
    public static TheoryData<string, string, bool, string> Starts =>
        new()
        {
            { V4, "tcp", false, $"{Waiting} --db-{{0}}-port={{1}}{NotByData} --db-{{0}}-addr=10.0.0.9{Insecure}" },
            { V4, "tcp", true, $"{Waiting} --db-{{0}}-port={{1}}{NotByData}{Hidden}" },
            { V4, "ssl", false, $"{Waiting} --db-{{0}}-port={{1}}{NotByData} --db-{{0}}-addr=10.0.0.9{Tls}" },
            { V4, "ssl", true, $"{Waiting} --db-{{0}}-port={{1}}{NotByData}{Hidden}{Tls}" },
            { V6, "tcp", false, $"{Waiting} --db-{{0}}-port={{1}}{NotByData} --db-{{0}}-addr=[2001:db8::9]{Insecure}" },
            { V6, "tcp", true, $"{Waiting} --db-{{0}}-port={{1}}{NotByData}{Hidden}" },
            { V6, "ssl", false, $"{Waiting} --db-{{0}}-port={{1}}{NotByData} --db-{{0}}-addr=[2001:db8::9]{Tls}" },
            { V6, "ssl", true, $"{Waiting} --db-{{0}}-port={{1}}{NotByData}{Hidden}{Tls}" },
        };

    [Fact]
    public void Every_shape_is_in_the_table() =>
        Assert.Equal(2 * 2 * 2, Starts.Select(row => (row.Data.Item1, row.Data.Item2, row.Data.Item3)).Distinct().Count());

    [Theory]
    [MemberData(nameof(Starts))]
    public void A_backup_is_started_for_its_shape_and_follows_nobody(string address, string protocol, bool balanced, string arguments)
    {
        var parameters = Parameters(address, protocol, balanced);
        Assert.Equal(
            Expected("start_{0}_ovsdb " + arguments, "nb", 16641),
            OvnCtlCommands.StartBackup(NodeAddress.Topology(parameters), parameters.Northbound)
        );
        Assert.Equal(
            Expected("start_{0}_ovsdb " + arguments, "sb", 16642),
            OvnCtlCommands.StartBackup(NodeAddress.Topology(parameters), parameters.Southbound)
        );
    }

    [Theory]
    [InlineData("10.0.0.2", "tcp", "10.0.0.2", "tcp:10.0.0.2")]
    [InlineData("10.0.0.2", "ssl", "10.0.0.2", "ssl:10.0.0.2")]
    [InlineData("2001:db8::2", "tcp", "[2001:db8::2]", "tcp:[2001:db8::2]")]
    [InlineData("2001:db8::2", "ssl", "[2001:db8::2]", "ssl:[2001:db8::2]")]
    public void A_server_is_demoted_to_its_source_with_the_probe_interval(string source, string protocol, string written, string remote)
    {
        var address = IPAddress.Parse(source);
        foreach (var balanced in (bool[])[false, true])
        {
            var parameters = Parameters(V4, protocol, balanced);
            foreach (var (database, prefix, port) in new[] { (parameters.Northbound, "nb", 16641), (parameters.Southbound, "sb", 16642) })
            {
                Assert.Equal(
                    Expected($"demote_ovn{{0}} {From(written, protocol)} --db-{{0}}-probe-interval-to-active=7000", prefix, port),
                    OvnCtlCommands.Demote(parameters, database, address)
                );
                Assert.Equal(
                    Expected($"demote_ovn{{0}} {Waiting} --db-{{0}}-probe-interval-to-active=7000", prefix, port),
                    OvnCtlCommands.Demote(parameters, database, null)
                );
                Assert.Equal($"{remote}:{port}", ClusterTopology.SourceOf(database, address).ToString());
                Assert.Equal("tcp:192.0.2.254:6641", ClusterTopology.SourceOf(database, null).ToString());
            }
        }
    }

    [Fact]
    public void Each_database_has_commands_of_its_own()
    {
        var parameters = Configured.Parameters();
        Assert.Equal(["promote_ovnnb"], OvnCtlCommands.Promote(parameters.Northbound));
        Assert.Equal(["promote_ovnsb"], OvnCtlCommands.Promote(parameters.Southbound));
    }

    [Fact]
    public void Northd_is_started_without_the_servers() =>
        Assert.Equal(["--ovn-manage-ovsdb=no", "start_northd"], OvnCtlCommands.StartNorthd);

    [Fact]
    public void The_databases_may_have_different_protocols()
    {
        var parameters = Configured.Parameters(
            ("sb_master_protocol", "ssl"),
            ("ovn_sb_db_privkey", "/k"),
            ("ovn_sb_db_cert", "/c"),
            ("ovn_sb_db_cacert", "/a")
        );
        var northbound = OvnCtlCommands.StartBackup(NodeAddress.Topology(parameters), parameters.Northbound);
        var southbound = OvnCtlCommands.StartBackup(NodeAddress.Topology(parameters), parameters.Southbound);
        Assert.Contains("--db-nb-create-insecure-remote=yes", northbound);
        Assert.DoesNotContain(northbound, argument => argument.Contains("ssl", StringComparison.Ordinal));
        Assert.DoesNotContain(southbound, argument => argument.Contains("insecure", StringComparison.Ordinal));
        Assert.Equal(["--ovn-sb-db-ssl-key=/k", "--ovn-sb-db-ssl-cert=/c", "--ovn-sb-db-ssl-ca-cert=/a"], southbound.TakeLast(3));
    }

    [Fact]
    public void A_server_is_started_with_the_schema_that_its_file_keeps()
    {
        var parameters = Configured.Parameters();
        const string File = "/run/resource-agents/ovndb-servers-_run_ovn.sb-schema";
        var usual = OvnCtlCommands.StartBackup(NodeAddress.Topology(parameters), parameters.Southbound);
        Assert.Equal(
            [.. usual, $"--db-sb-schema={File}"],
            OvnCtlCommands.StartBackup(
                NodeAddress.Topology(parameters),
                parameters.Southbound,
                new FormerSchema(File, LacksCipherSuites: false)
            )
        );
        Assert.Equal(
            [
                .. usual,
                $"--db-sb-schema={File}",
                "--ovn-sb-db-ssl-ciphersuites=TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256",
            ],
            OvnCtlCommands.StartBackup(
                NodeAddress.Topology(parameters),
                parameters.Southbound,
                new FormerSchema(File, LacksCipherSuites: true)
            )
        );
    }

    private static string From(string address, string protocol) =>
        $"--db-{{0}}-sync-from-addr={address} --db-{{0}}-sync-from-port={{1}} --db-{{0}}-sync-from-proto={protocol}";

    private static string[] Expected(string format, string prefix, int port) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, format, prefix, port).Split(' ');

    private static AgentParameters Parameters(string address, string protocol, bool balanced) =>
        Configured.Parameters(
            ("master_ip", address),
            ("nb_master_protocol", protocol),
            ("sb_master_protocol", protocol),
            ("nb_master_port", "16641"),
            ("sb_master_port", "16642"),
            ("inactive_probe_interval_to_master", "7000"),
            ("listen_on_master_ip_only", balanced ? "no" : "yes")
        );
}
