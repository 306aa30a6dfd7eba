using OvndbOcf.Ocf;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.UnitTests.Linux;

namespace OvndbOcf.UnitTests.Servers;

/// <summary>A run directory of a test's own, with what controls the servers in it.</summary>
internal sealed class ControlFixture : IDisposable
{
    private readonly StringWriter _messages = new();

    public ControlFixture()
    {
        Parameters = Configured.Parameters(
            ("ovn_rundir", Folder.Path),
            ("ovn_sysconfdir", Folder.Path),
            ("ovn_ctl", Folder["ovn-ctl"]),
            ("manage_northd", "yes")
        );
        Log = new OcfLog(_messages, "ovndb-servers", "ovndb", debug: true);
    }

    public TempFolder Folder { get; } = new();

    public AgentParameters Parameters { get; }

    public OcfLog Log { get; }

    /// <summary>All messages so far.</summary>
    public string Messages => _messages.ToString();

    public ServerPaths Northbound => ServerPaths.Of(Parameters.Directories, Parameters.Northbound);

    public ServerPaths Southbound => ServerPaths.Of(Parameters.Directories, Parameters.Southbound);

    /// <summary>The argument by which a server's process is told.</summary>
    public static string ArgumentOf(ServerPaths paths) => "--unixctl=" + paths.Control;

    /// <summary>Starts a process like a database's server, and writes its pid file.</summary>
    public async Task<FakeDaemon> StartServerAsync(ServerPaths paths, bool ignoresTerm = false, bool watched = false)
    {
        var server = watched
            ? await FakeDaemon.StartWatchedAsync(Folder, "ovsdb-server", ArgumentOf(paths), ignoresTerm)
            : await FakeDaemon.StartAsync(Folder, "ovsdb-server", ArgumentOf(paths), ignoresTerm);
        await File.WriteAllTextAsync(paths.PidFile, $"{server.Snapshot.Id}\n");
        return server;
    }

    public void Dispose()
    {
        Folder.Dispose();
        _messages.Dispose();
    }
}
