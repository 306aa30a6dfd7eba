using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

[Collection(OneAtATime.Name)]
public sealed class DaemonFinderTests : IDisposable
{
    private readonly ControlFixture _control = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _control.Dispose();

    [Fact]
    public void Where_nothing_runs_nothing_is_found()
    {
        Assert.Equal(DaemonProcesses.None, DaemonFinder.FindServer(_control.Northbound));
        Assert.Equal(DaemonProcesses.None, DaemonFinder.FindNorthd(_control.Folder.Path));
    }

    [Fact(Timeout = 20000)]
    public async Task A_monitor_process_that_tells_of_the_recorded_servers_death_is_a_reason_to_look_again()
    {
        Assert.False(DaemonFinder.IsBeingReplaced(_control.Northbound));
        using var monitor = await FakeDaemon.StartAsync(
            _control.Folder,
            "ovsdb-server",
            "ovsdb-server: monitoring pid 2147483001 (1 crashes: pid 2147483000 died, killed (Segmentation fault), core dumped)"
        );
        _control.Folder.Write("ovnnb_db.pid", "2147483000\n");
        _control.Folder.Write("ovnsb_db.pid", "214748300\n");
        Assert.True(DaemonFinder.IsBeingReplaced(_control.Northbound));
        Assert.False(DaemonFinder.IsBeingReplaced(_control.Southbound));
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_with_a_command_line_is_not_about_to_end()
    {
        Assert.Null(DaemonFinder.FindDying(_control.Northbound));
        using var server = await _control.StartServerAsync(_control.Northbound);
        Assert.Null(DaemonFinder.FindDying(_control.Northbound));
    }

    [Theory(Timeout = 20000)]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("2147483647")]
    [InlineData("self")]
    public async Task A_server_is_found_whatever_its_pid_file_says(string? pidFile)
    {
        using var server = await _control.StartServerAsync(_control.Northbound);
        File.Delete(_control.Northbound.PidFile);
        if (pidFile is not null)
        {
            _control.Folder.Write(
                "ovnnb_db.pid",
                pidFile == "self" ? Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture) : pidFile
            );
        }

        Assert.Equal(new DaemonProcesses(server.Snapshot, null), DaemonFinder.FindServer(_control.Northbound));
    }

    [Fact(Timeout = 20000)]
    public async Task The_servers_are_told_apart_even_where_a_pid_file_names_the_other()
    {
        using var northbound = await _control.StartServerAsync(_control.Northbound);
        using var southbound = await _control.StartServerAsync(_control.Southbound);
        await File.WriteAllTextAsync(_control.Northbound.PidFile, $"{southbound.Snapshot.Id}", Stop);
        await File.WriteAllTextAsync(_control.Southbound.PidFile, $"{northbound.Snapshot.Id}", Stop);
        Assert.Equal(northbound.Snapshot, DaemonFinder.FindServer(_control.Northbound).Daemon);
        Assert.Equal(southbound.Snapshot, DaemonFinder.FindServer(_control.Southbound).Daemon);
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_of_another_directory_is_not_found()
    {
        using var other = await FakeDaemon.StartAsync(
            _control.Folder,
            "ovsdb-server",
            "--unixctl=/elsewhere" + _control.Northbound.Control
        );
        await File.WriteAllTextAsync(_control.Northbound.PidFile, $"{other.Snapshot.Id}", Stop);
        Assert.Equal(DaemonProcesses.None, DaemonFinder.FindServer(_control.Northbound));
    }

    [Fact(Timeout = 20000)]
    public async Task A_process_of_another_name_is_not_found()
    {
        using var other = await FakeDaemon.StartAsync(_control.Folder, "ovs-appctl", ControlFixture.ArgumentOf(_control.Northbound));
        await File.WriteAllTextAsync(_control.Northbound.PidFile, $"{other.Snapshot.Id}", Stop);
        Assert.Equal(DaemonProcesses.None, DaemonFinder.FindServer(_control.Northbound));
    }

    [Fact(Timeout = 20000)]
    public async Task The_link_to_the_run_directory_makes_no_difference()
    {
        // No such files are needed: the processes are told by what they were started with.
        var name = $"/ovndb-unit-{Environment.ProcessId}/ovnnb_db.ctl";
        using var server = await FakeDaemon.StartAsync(_control.Folder, "ovsdb-server", "--unixctl=/run" + name);
        var paths = _control.Northbound with { Control = "/var/run" + name };
        Assert.Equal(server.Snapshot, DaemonFinder.FindServer(paths).Daemon);
    }

    [Theory(Timeout = 20000)]
    [InlineData("{0}//ovnnb_db.ctl")]
    [InlineData("{0}/./ovnnb_db.ctl")]
    [InlineData("{0}/run/../ovnnb_db.ctl")]
    [InlineData("{0}/run/here/ovnnb_db.ctl")]
    public async Task A_server_is_found_however_its_socket_is_spelled(string spelling)
    {
        Directory.CreateDirectory(_control.Folder["run"]);
        File.CreateSymbolicLink(_control.Folder["run/here"], "..");
        var socket = string.Format(System.Globalization.CultureInfo.InvariantCulture, spelling, _control.Folder.Path);
        using var server = await FakeDaemon.StartAsync(_control.Folder, "ovsdb-server", "--unixctl=" + socket);
        Assert.Equal(server.Snapshot, DaemonFinder.FindServer(_control.Northbound).Daemon);
        using var northd = await FakeDaemon.StartAsync(
            _control.Folder,
            "ovn-northd",
            "--pidfile=" + socket.Replace("ovnnb_db.ctl", "ovn-northd.pid", StringComparison.Ordinal)
        );
        Assert.Equal(northd.Snapshot, DaemonFinder.FindNorthd(_control.Folder.Path).Daemon);
    }

    [Theory(Timeout = 20000)]
    [InlineData("ovsdb-server", "ovnnb_db.ctl", true)]
    [InlineData("ovsdb-server", "ovnnb_db.sock", true)]
    [InlineData("ovsdb-server", "ovnsb_db.sock", false)]
    [InlineData("ovsdb-relay", "ovnnb_db.ctl", false)]
    public async Task A_server_is_found_by_a_socket_that_its_arguments_do_not_name(string name, string socket, bool found)
    {
        using var server = await FakeDaemon.StartListeningAsync(_control.Folder, name, socket);
        Assert.Equal(found ? server.Snapshot : null, DaemonFinder.FindServer(_control.Northbound).Daemon);
    }

    [Fact(Timeout = 20000)]
    public async Task A_watched_server_is_found_with_what_watches_it()
    {
        using var server = await _control.StartServerAsync(_control.Northbound, watched: true);
        var found = DaemonFinder.FindServer(_control.Northbound);
        Assert.Equal(server.Snapshot, found.Daemon);
        Assert.Equal(server.StartedId, found.Watchdog?.Id);
        Assert.NotEqual(server.StartedId, server.Snapshot.Id);
    }

    [Fact(Timeout = 20000)]
    public async Task After_a_crash_what_will_restart_the_server_is_found()
    {
        using var server = await _control.StartServerAsync(_control.Northbound, watched: true);
        ProcessTable.Signal(server.Snapshot, Signal.Kill);
        await Poll.UntilAsync("the server to be gone", () => !ProcessTable.IsAlive(server.Snapshot), Stop);
        var found = DaemonFinder.FindServer(_control.Northbound);
        Assert.Null(found.Daemon);
        Assert.Equal(server.StartedId, found.Watchdog?.Id);
    }

    [Fact(Timeout = 20000)]
    public async Task The_monitor_of_another_living_server_is_not_taken_for_that_of_a_dead_one()
    {
        // As with Open vSwitch's own database on the same machine, when a pid file of an earlier boot names its process.
        using var other = await FakeDaemon.StartWatchedAsync(_control.Folder, "ovsdb-server", "--unixctl=/run/openvswitch/other.ctl");
        await File.WriteAllTextAsync(_control.Northbound.PidFile, $"{other.Snapshot.Id}", Stop);
        Assert.Equal(DaemonProcesses.None, DaemonFinder.FindServer(_control.Northbound));
    }

    [Theory(Timeout = 20000)]
    [InlineData("ovsdb-server: monitoring pid {0} (healthy)", true)]
    [InlineData("ovsdb-server: monitoring pid {0} (2 crashes: pid 9999999 died, killed (Segmentation fault))", true)]
    [InlineData("ovsdb-server: monitoring pid {0}0 (healthy)", false)]
    [InlineData("ovsdb-server: monitoring pid 9999999 (1 crashes: pid {0} died, killed (Aborted))", false)]
    [InlineData("vi ovsdb-server: monitoring pid {0} (healthy)", false)]
    [InlineData("ovsdb-server: monitoring pid", false)]
    public async Task A_monitor_is_known_by_its_title(string title, bool isMonitor)
    {
        const int Dead = 8888888;
        using var monitor = await FakeDaemon.StartTitledAsync(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, title, Dead)
        );
        await File.WriteAllTextAsync(_control.Northbound.PidFile, $"{Dead}", Stop);
        Assert.Equal(isMonitor ? monitor.Snapshot.Id : null, DaemonFinder.FindServer(_control.Northbound).Watchdog?.Id);
    }

    [Fact(Timeout = 20000)]
    public async Task Northd_is_found_by_its_pid_file_or_without_it()
    {
        var pidFile = DaemonFinder.NorthdPidFile(_control.Folder.Path);
        using var northd = await FakeDaemon.StartAsync(_control.Folder, "ovn-northd", "--pidfile=" + pidFile);
        Assert.Equal(northd.Snapshot, DaemonFinder.FindNorthd(_control.Folder.Path).Daemon);
        await File.WriteAllTextAsync(pidFile, $"{northd.Snapshot.Id}\n", Stop);
        Assert.Equal(northd.Snapshot, DaemonFinder.FindNorthd(_control.Folder.Path).Daemon);
        await File.WriteAllTextAsync(pidFile, $"{Environment.ProcessId}\n", Stop);
        Assert.Equal(northd.Snapshot, DaemonFinder.FindNorthd(_control.Folder.Path).Daemon);
        Assert.Null(DaemonFinder.FindNorthd(_control.Folder["elsewhere"]).Daemon);
    }
}
