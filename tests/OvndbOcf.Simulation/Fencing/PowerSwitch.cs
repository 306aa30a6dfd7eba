using System.Net.Sockets;
using OvndbOcf.Simulation.Engine;

namespace OvndbOcf.Simulation.Fencing;

/// <summary>
/// The power switch that the nodes' fence agent talks to: a unix socket in a directory that all nodes share, so it is reached even by a node
/// whose network is cut, like a switch on a network of its own. It knows the containers of one cluster and no others. It ends with this process.
/// A reboot is answered when the node is off, and the node gets its power back a little later, as a machine needs its time to boot: Pacemaker takes its own fencing, told
/// to a node that is back already, for one of the node as it is now, and stays down there (CRM_EX_FATAL).
/// </summary>
public sealed class PowerSwitch : IAsyncDisposable
{
    /// <summary>Where the nodes find the directory.</summary>
    internal const string DirectoryOnNodes = "/var/lib/power-switch";

    private const string SocketName = "socket";
    private static readonly TimeSpan EngineLimit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan OffLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Pacemaker tells all nodes within a second or so.
    private static readonly TimeSpan BootDelay = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, string> containers = [];
    private readonly Dictionary<string, CancellationTokenSource> boots = [];
    private readonly List<PowerEvent> events = [];
    private readonly Lock gate = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task loop;

    private PowerSwitch(string directory)
    {
        Directory = directory;
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(directory, SocketName)));
        listener.Listen(16);
        loop = ServeAsync();
    }

    /// <summary>What was pressed so far; questions for the state are left out.</summary>
    public IReadOnlyList<PowerEvent> Events
    {
        get
        {
            lock (gate)
            {
                return [.. events];
            }
        }
    }

    /// <summary>The directory on this machine that holds the socket.</summary>
    internal string Directory { get; }

    /// <summary>Makes the directory and begins to listen; no node is connected to it yet.</summary>
    internal static PowerSwitch Start(string run) =>
        new(
            System
                .IO.Directory.CreateDirectory(
                    Path.Combine(Path.GetTempPath(), $"ovndb-ocf-power-{run}"),
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                )
                .FullName
        );

    /// <summary>Connects a node's container.</summary>
    internal void Connect(string node, string containerId)
    {
        lock (gate)
        {
            containers[node] = containerId;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        listener.Dispose();
        await loop.ConfigureAwait(false);
        stopping.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private async Task ServeAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var connection = await listener.AcceptAsync(stopping.Token).ConfigureAwait(false);
                _ = AnswerAsync(connection);
            }
            catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        try
        {
            using var stream = new NetworkStream(connection, ownsSocket: true);
            using var reader = new StreamReader(stream, leaveOpen: true);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
            limit.CancelAfter(RequestLimit);
            var request = await reader.ReadLineAsync(limit.Token).ConfigureAwait(false) ?? "";
            var answer = await HandleAsync(request.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ConfigureAwait(false);
            await stream
                .WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer.ReplaceLineEndings(" ") + "\n"), stopping.Token)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or SocketException)
        {
            // Whoever asked has gone; Pacemaker asks again.
        }
    }

    private async Task<string> HandleAsync(string[] request)
    {
        string[] nodes;
        lock (gate)
        {
            nodes = [.. containers.Keys];
        }

        return request switch
        {
            ["monitor"] => "ok",
            ["list"] => $"ok {string.Join(' ', nodes)}",
            ["status" or "on" or "off" or "reboot", var node] when nodes.Contains(node) => await PressAsync(request[0], node)
                .ConfigureAwait(false),
            [_, var node] => $"no such node: {node}",
            _ => "no such request",
        };
    }

    private async Task<string> PressAsync(string action, string node)
    {
        string container;
        lock (gate)
        {
            container = containers[node];
        }

        try
        {
            if (action is "off" or "reboot")
            {
                CancelBoot(node);
                await PowerOffAsync(container).ConfigureAwait(false);
            }

            if (action is "reboot")
            {
                _ = BootLaterAsync(node, container);
            }

            if (action is "on")
            {
                await DockerCli.RunCheckedAsync(["start", container], EngineLimit, stopping.Token).ConfigureAwait(false);
            }

            if (action is "status")
            {
                return await IsOnAsync(container).ConfigureAwait(false) ? "ok on" : "ok off";
            }

            Note(new PowerEvent(DateTimeOffset.UtcNow, action, node, null));
            return "ok";
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
        {
            Note(new PowerEvent(DateTimeOffset.UtcNow, action, node, failure.Message));
            return failure.Message;
        }
    }

    private async Task BootLaterAsync(string node, string container)
    {
        using var boot = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        lock (gate)
        {
            boots[node] = boot;
        }

        try
        {
            await Task.Delay(BootDelay, boot.Token).ConfigureAwait(false);
            await DockerCli.RunCheckedAsync(["start", container], EngineLimit, boot.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
        {
            Note(new PowerEvent(DateTimeOffset.UtcNow, "on", node, failure.Message));
        }
        catch (OperationCanceledException)
        {
            // The node was powered off again, or the cluster ends.
        }
        finally
        {
            lock (gate)
            {
                if (boots.GetValueOrDefault(node) == boot)
                {
                    boots.Remove(node);
                }
            }
        }
    }

    private void CancelBoot(string node)
    {
        lock (gate)
        {
            if (boots.Remove(node, out var boot))
            {
                boot.Cancel();
            }
        }
    }

    /// <summary>Returns when nothing of the node runs any more, and not before: that is what fencing is for.</summary>
    private async Task PowerOffAsync(string container)
    {
        var killed = await KillAsync(container).ConfigureAwait(false);
        if (killed.ExitCode != 0 && await IsOnAsync(container).ConfigureAwait(false))
        {
            // Some engines do not kill what is frozen.
            await DockerCli.RunAsync(["unpause", container], EngineLimit, stopping.Token).ConfigureAwait(false);
            killed = await KillAsync(container).ConfigureAwait(false);
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (await IsOnAsync(container).ConfigureAwait(false))
        {
            if (clock.Elapsed > OffLimit)
            {
                throw new TimeoutException($"the container still runs {OffLimit.TotalSeconds:0} s after it was killed: {killed.Output}");
            }

            await Task.Delay(Pause, stopping.Token).ConfigureAwait(false);
        }
    }

    private Task<ExecResult> KillAsync(string container) =>
        DockerCli.RunAsync(["kill", "--signal=KILL", container], EngineLimit, stopping.Token);

    private async Task<bool> IsOnAsync(string container) =>
        (
            await DockerCli
                .RunCheckedAsync(["inspect", "--format", "{{.State.Running}}", container], EngineLimit, stopping.Token)
                .ConfigureAwait(false)
        ).Trim() == "true";

    private void Note(PowerEvent pressed)
    {
        lock (gate)
        {
            events.Add(pressed);
        }
    }
}
