using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

/// <summary>When a monitor asks the cluster, and when everything is as the one before left it.</summary>
[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class CachedMonitorTests : IAsyncDisposable
{
    private static readonly string Mine = CopyRun.Promotion7.Replace("ctl-2", "ctl-1", StringComparison.Ordinal);

    private readonly CopyRun _run = new();

    private AgentRun Agent => _run.Agent;

    private string Note => Agent.Folder["ovndb-servers-ovndb.steady"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact(Timeout = 20000)]
    public async Task A_steady_monitor_calls_no_tool()
    {
        Activate();
        Assert.NotEqual(0, await MonitorAsync(8));
        Assert.False(File.Exists(Note));
        Assert.NotEqual(0, await MonitorAsync(8));
        Assert.True(File.Exists(Note));
        Assert.Equal(0, await MonitorAsync(8));
        Assert.Equal(0, await MonitorAsync(8));
    }

    [Fact(Timeout = 20000)]
    public async Task With_another_parameter_it_is_thorough()
    {
        await SteadyAsync();
        Agent.With("set_aside_count", "6");
        Assert.NotEqual(0, await MonitorAsync(8));
    }

    [Fact(Timeout = 20000)]
    public async Task Without_its_note_it_is_thorough()
    {
        await SteadyAsync();
        File.Delete(Note);
        Assert.NotEqual(0, await MonitorAsync(8));
    }

    [Fact(Timeout = 20000)]
    public async Task With_an_old_note_it_is_thorough()
    {
        await SteadyAsync();
        var lines = await File.ReadAllLinesAsync(Note, Stop);
        lines[0] = (long.Parse(lines[0], CultureInfo.InvariantCulture) - 30_000).ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Note, string.Join('\n', lines) + "\n", Stop);
        Assert.NotEqual(0, await MonitorAsync(8));
        Assert.Equal(0, await MonitorAsync(8));
    }

    [Theory(Timeout = 20000)]
    [InlineData(10, false)]
    [InlineData(31, true)]
    public async Task An_address_that_does_not_come_is_told_after_half_a_minute(int seconds, bool isTold)
    {
        await SteadyAsync();
        await File.WriteAllTextAsync(
            Agent.Folder["ovndb-servers-ovndb.address"],
            (Environment.TickCount64 - (seconds * 1000)).ToString(CultureInfo.InvariantCulture),
            Stop
        );
        var result = await Agent.RunAsync("monitor");
        Assert.Equal(8, result.Code);
        Assert.Equal(isTold, result.Error.Contains("10.0.0.9 is not on this node", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task With_another_socket_where_clients_connect_it_is_thorough()
    {
        await SteadyAsync();
        var lines = await File.ReadAllLinesAsync(Note, Stop);
        Assert.StartsWith("10.0.0.9:6641=-", lines[5], StringComparison.Ordinal);
        lines[5] = lines[5].Replace("10.0.0.9:6641=-", "10.0.0.9:6641=4711", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Note, string.Join('\n', lines) + "\n", Stop);
        Assert.NotEqual(0, await MonitorAsync(8));
        Assert.Equal(0, await MonitorAsync(8));
    }

    [Fact(Timeout = 20000)]
    public async Task With_a_server_in_another_state_it_is_thorough()
    {
        await SteadyAsync();
        _run.Status = "state: backup\nconnecting: tcp:192.0.2.254:6641\n";
        var result = await Agent.RunAsync("monitor");
        Assert.NotEqual(8, result.Code);
        Assert.False(File.Exists(Note));
    }

    [Fact(Timeout = 20000)]
    public async Task A_probe_is_always_thorough()
    {
        await SteadyAsync();
        Agent.WithMeta("interval", "0").WithMeta("role", "");
        Assert.NotEqual(0, await MonitorAsync(8));
        Assert.NotEqual(0, await MonitorAsync(8));
    }

    [Theory(Timeout = 20000)]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("promote")]
    [InlineData("demote")]
    [InlineData("notify")]
    public async Task An_action_that_may_change_something_forgets_the_note(string action)
    {
        Agent.Folder.Write("ovndb-servers-ovndb.steady", "anything");
        await Agent.RunAsync(action);
        Assert.False(File.Exists(Note));
    }

    [Fact(Timeout = 20000)]
    public async Task A_backup_whose_connection_is_gone_is_looked_at_thoroughly()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        _run.Status = $"state: backup\nreplicating: tcp:127.0.0.1:{port}\n";
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Promotion7, score: "5").WithMemory();
        using var northbound = await FakeDaemon.StartConnectedAsync(
            Agent.Folder,
            "ovsdb-server",
            "--unixctl=" + Agent.Folder["ovnnb_db.ctl"],
            port
        );
        using var accepted = await listener.AcceptSocketAsync(Stop);
        using var southbound = await FakeDaemon.StartConnectedAsync(
            Agent.Folder,
            "ovsdb-server",
            "--unixctl=" + Agent.Folder["ovnsb_db.ctl"],
            port
        );
        using var other = await listener.AcceptSocketAsync(Stop);
        await MonitorAsync(0);
        await MonitorAsync(0);
        Assert.Equal(0, await MonitorAsync(0));
        other.Dispose();
        Assert.NotEqual(0, await MonitorAsync(0));
    }

    [Fact(Timeout = 20000)]
    public async Task A_stopped_server_is_reported_at_once()
    {
        using var server = await FakeDaemon.StartAsync(Agent.Folder, "ovsdb-server", "--unixctl=" + Agent.Folder["ovnnb_db.ctl"]);
        using var socket = Silent("ovnnb_db.ctl");
        await server.FreezeAsync(Stop);
        var clock = Stopwatch.StartNew();
        Assert.Equal(9, (await Agent.WithMeta("role", "Promoted").RunAsync("monitor")).Code);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Theory(Timeout = 30000)]
    [InlineData("Promoted", 8)]
    [InlineData("Unpromoted", 0)]
    public async Task Busy_servers_keep_their_role(string role, int code)
    {
        using var northbound = await FakeDaemon.StartBusyAsync(Agent.Folder, "ovsdb-server", "--unixctl=" + Agent.Folder["ovnnb_db.ctl"]);
        using var southbound = await FakeDaemon.StartBusyAsync(Agent.Folder, "ovsdb-server", "--unixctl=" + Agent.Folder["ovnsb_db.ctl"]);
        using var first = Silent("ovnnb_db.ctl");
        using var second = Silent("ovnsb_db.ctl");
        var result = await Agent.WithMeta("role", role).WithMeta("timeout", "5000").RunAsync("monitor");
        Assert.Equal((code, null), (result.Code, result.Reason));
        Assert.Contains("busy, not treated as failed", result.Error, StringComparison.Ordinal);
        Assert.Empty(Agent.Calls);
    }

    private void Activate()
    {
        Agent.WithMeta("role", "Promoted");
        _run.Status = "state: active\n";
        _run.WithServers(Mine).WithRecord(Mine, lastActive: "ctl-1", score: "10").WithMemory();
    }

    private async Task SteadyAsync()
    {
        Activate();
        await MonitorAsync(8);
        await MonitorAsync(8);
        Assert.Equal(0, await MonitorAsync(8));
    }

    /// <summary>Runs a monitor that is to end with that code; how many calls of tools it made.</summary>
    private async Task<int> MonitorAsync(int code)
    {
        var before = Agent.Calls.Length;
        var result = await Agent.RunAsync("monitor");
        Assert.Equal((code, null), (result.Code, result.Reason));
        return Agent.Calls.Length - before;
    }

    /// <summary>A control socket where nobody answers.</summary>
    private Socket Silent(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Agent.Folder[name]));
        socket.Listen();
        return socket;
    }
}
