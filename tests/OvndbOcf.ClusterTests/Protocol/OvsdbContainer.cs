using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Protocol;

/// <summary>
/// A container of the node image in which tests start ovsdb-servers. Their sockets lie in a directory that is mounted from this
/// machine, so that the tests reach them; there is no network but the loopback. The container ends and removes itself after some
/// minutes, also if the tests were killed.
/// </summary>
public abstract class OvsdbContainer(DebianRelease release) : IAsyncLifetime
{
    private const string Mounted = "/ovsdb";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("ovsdb-servers-").FullName;
    private string _container = "";

    public async ValueTask InitializeAsync() =>
        _container = (
            await Docker(
                "run",
                "--detach",
                "--rm",
                "--init",
                "--network",
                "none",
                "--volume",
                $"{_directory}:{Mounted}",
                "--workdir",
                Mounted,
                "--entrypoint",
                "sleep",
                release.NodeImage(),
                "600"
            )
        ).Trim();

    public async ValueTask DisposeAsync()
    {
        if (_container.Length > 0)
        {
            await Docker("kill", _container);
        }

        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The path of a server's control socket on this machine.</summary>
    public string Control(string server) => Path.Combine(_directory, $"{server}.ctl");

    /// <summary>A server's OVSDB socket on this machine.</summary>
    public OvsdbEndpoint Database(string server) => OvsdbEndpoint.Unix(Path.Combine(_directory, $"{server}.sock"));

    /// <summary>Starts a server with a new Northbound database, or with the schema that is given.</summary>
    public async Task Start(string server, string? schema = null, params string[] options)
    {
        await Execute("ovsdb-tool", "create", $"{server}.db", schema ?? "/usr/share/ovn/ovn-nb.ovsschema");
        await Execute([
            "ovsdb-server",
            "--detach",
            "--no-chdir",
            $"--pidfile={Mounted}/{server}.pid",
            $"--unixctl={Mounted}/{server}.ctl",
            $"--log-file={Mounted}/{server}.log",
            $"--remote={Listening(server)}",
            .. options,
            $"{server}.db",
        ]);
        await Execute("chmod", "0777", $"{server}.ctl");
        await Open(server);
    }

    /// <summary>What a server is told in order to listen where <see cref="Database"/> connects to.</summary>
    public static string Listening(string socket) => $"punix:{Mounted}/{socket}.sock";

    /// <summary>Waits for an OVSDB socket to appear and lets everybody on this machine use it.</summary>
    public async Task Open(string socket)
    {
        var limit = Deadline.After(TimeSpan.FromSeconds(5));
        while (!File.Exists(Path.Combine(_directory, $"{socket}.sock")) && !limit.HasPassed)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }

        await Execute("chmod", "0777", $"{socket}.sock");
    }

    /// <summary>Sends a signal to a server.</summary>
    public async Task Signal(string server, string signal)
    {
        var pid = int.Parse(await Execute("cat", $"{server}.pid"), CultureInfo.InvariantCulture);
        await Execute("kill", "-s", signal, pid.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Writes a file beside the sockets and returns its path in the container.</summary>
    public string Write(string name, string content)
    {
        File.WriteAllText(Path.Combine(_directory, name), content);
        return $"{Mounted}/{name}";
    }

    /// <summary>Runs a command in the container and returns its output.</summary>
    public Task<string> Execute(params string[] command) => Docker(["exec", _container, .. command]);

    private static async Task<string> Docker(params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var result = await Cli.Wrap("docker")
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(limit.Token);
        return result.IsSuccess
            ? result.StandardOutput
            : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {result.StandardError}");
    }
}

/// <summary>OVS 3.1: one sync-status for the whole server.</summary>
public sealed class BookwormServers() : OvsdbContainer(DebianRelease.Bookworm);

/// <summary>OVS 3.5: a sync-status for each database.</summary>
public sealed class TrixieServers() : OvsdbContainer(DebianRelease.Trixie);
