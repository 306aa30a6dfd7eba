using System.Net;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class MonitorCacheEntryTests
{
    private static readonly ServerObservation Backup = new(ServerState.Replicating, "tcp:10.0.0.2:6641", "");
    private static readonly ServerPair Backups = new(Backup, Backup with { Source = "tcp:10.0.0.2:6642" });

    /// <summary>For each parameter a value that is not its default.</summary>
    public static TheoryData<string, string> Parameters =>
        new()
        {
            { "master_ip", "10.0.0.8" },
            { "manage_northd", "yes" },
            { "listen_on_master_ip_only", "no" },
            { "nb_master_port", "6651" },
            { "nb_master_protocol", "ssl" },
            { "sb_master_port", "6652" },
            { "sb_master_protocol", "ssl" },
            { "inactive_probe_interval", "6000" },
            { "inactive_probe_interval_to_master", "6000" },
            { "ovn_nb_db_privkey", "/x" },
            { "ovn_nb_db_cert", "/x" },
            { "ovn_nb_db_cacert", "/x" },
            { "ovn_sb_db_privkey", "/x" },
            { "ovn_sb_db_cert", "/x" },
            { "ovn_sb_db_cacert", "/x" },
            { "report_degraded", "yes" },
            { "outdated_copies", "allow" },
            { "set_aside_count", "6" },
            { "max_open_files", "6000" },
            { "replicate_from", "master_ip" },
            { "replication_network", "10.0.1.0/24" },
            { "ovn_ctl", "/x" },
            { "ovn_rundir", "/x" },
            { "ovn_dbdir", "/x" },
            { "ovn_logdir", "/x" },
            { "ovn_sysconfdir", "/x" },
        };

    [Fact]
    public void Every_parameter_is_in_the_table() =>
        Assert.Equal(ParameterTable.All.Select(parameter => parameter.Name), Parameters.Select(row => row.Data.Item1));

    [Theory]
    [MemberData(nameof(Parameters))]
    public void With_another_parameter_it_is_another_instance(string name, string value)
    {
        var usual = MonitorCacheEntry.SubjectOf(ExpectedRole.Promoted, Configured.Parameters());
        Assert.Equal(usual, MonitorCacheEntry.SubjectOf(ExpectedRole.Promoted, Configured.Parameters()));
        Assert.NotEqual(usual, MonitorCacheEntry.SubjectOf(ExpectedRole.Promoted, Configured.Parameters((name, value))));
    }

    [Fact]
    public void With_another_role_it_is_another_instance() =>
        Assert.Equal(
            Enum.GetValues<ExpectedRole>().Length,
            Enum.GetValues<ExpectedRole>().Select(role => MonitorCacheEntry.SubjectOf(role, Configured.Parameters())).Distinct().Count()
        );

    [Fact]
    public void Each_state_of_each_server_and_of_northd_is_another()
    {
        string[] all =
        [
            .. Enum.GetValues<ServerState>().Select(state => Text(Backups with { Northbound = Backup with { State = state } })),
            .. Enum.GetValues<ServerState>()
                .Where(state => state != ServerState.Replicating)
                .Select(state => Text(Backups with { Southbound = Backups.Southbound with { State = state } })),
            .. Enum.GetValues<NorthdState>()
                .Where(state => state != NorthdState.NotManaged)
                .Select(state => MonitorCacheEntry.ServersOf(Backups, state)),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Each_source_is_another()
    {
        string?[] sources = [null, "tcp:10.0.0.2:6641", "tcp:10.0.0.2:6642", "ssl:10.0.0.2:6641", "tcp:10.0.0.3:6641"];
        var all = (
            from northbound in sources
            from southbound in sources
            select Text(new ServerPair(Backup with { Source = northbound }, Backup with { Source = southbound }))
        ).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public void Words_of_a_server_do_not_break_the_line() =>
        Assert.DoesNotContain('\n', Text(Backups with { Northbound = Backup with { Source = "tcp:\r\n1\n\n2" } }));

    [Theory]
    [InlineData(-1, false, false)]
    [InlineData(0, true, true)]
    [InlineData(9_999, true, true)]
    [InlineData(10_000, false, true)]
    [InlineData(54_999, false, true)]
    [InlineData(55_000, false, false)]
    public void It_counts_for_half_a_minute_or_where_nothing_else_is_seen_ten_seconds(int age, bool blind, bool seeing)
    {
        Assert.Equal(blind, new MonitorCacheEntry("", "", [], null, "", null).IsFresh(TimeSpan.FromMilliseconds(age)));
        Assert.Equal(seeing, new MonitorCacheEntry("", "", [], null, "", "1").IsFresh(TimeSpan.FromMilliseconds(age)));
    }

    [Theory]
    [InlineData("10.0.0.2:6641>10.0.0.3:40112=1", true)]
    [InlineData("[fd00::2]:6642>[fd00::3]:1=0", false)]
    public void A_connection_is_read_as_it_was_written(string word, bool isThere)
    {
        var read = WatchedConnection.Parse(word);
        Assert.NotNull(read);
        Assert.Equal(isThere, read.IsThere);
        Assert.Equal(word, read.ToString());
        Assert.Equal(IPEndPoint.Parse(word.Split('>')[0]), read.Local);
        Assert.Equal(IPEndPoint.Parse(word.Split('>', '=')[1]), read.Remote);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.2:6641")]
    [InlineData("10.0.0.2:6641>10.0.0.3:40112")]
    [InlineData("10.0.0.2:6641>10.0.0.3:40112=")]
    [InlineData("10.0.0.2:6641>10.0.0.3:40112=2")]
    [InlineData("10.0.0.2:6641>10.0.0.3:40112=1=1")]
    [InlineData("10.0.0.2:6641=10.0.0.3:40112=11")]
    [InlineData("10.0.0.2:x>10.0.0.3:40112=1")]
    [InlineData("here>there=1")]
    public void Anything_else_is_no_connection(string word) => Assert.Null(WatchedConnection.Parse(word));

    private static string Text(ServerPair servers) => MonitorCacheEntry.ServersOf(servers, NorthdState.NotManaged);
}
