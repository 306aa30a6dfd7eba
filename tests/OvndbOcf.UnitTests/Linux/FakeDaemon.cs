using System.Diagnostics;
using System.Globalization;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

/// <summary>A process of a given name that does nothing until it is ended, or for a minute.</summary>
internal sealed class FakeDaemon : IDisposable
{
    private const string Wait = "read -u 3 -t 60 _";

    private readonly Process _process;

    private FakeDaemon(Process process, int daemon)
    {
        _process = process;
        Snapshot = ProcessTable.Find(daemon)!;
    }

    /// <summary>The daemon's process as it was at the start.</summary>
    public ProcessSnapshot Snapshot { get; }

    /// <summary>The process that the test started: the daemon, or the one that watches it.</summary>
    public int StartedId => _process.Id;

    /// <summary>Starts a process of that name with that argument.</summary>
    public static Task<FakeDaemon> StartAsync(TempFolder folder, string name, string argument, bool ignoresTerm = false) =>
        RunAsync(folder.ShellNamed(name), "-c", $"exec 3<&0; {Body(ignoresTerm)}", name, argument);

    /// <summary>Starts a process of that name with those arguments.</summary>
    public static Task<FakeDaemon> StartAsync(TempFolder folder, string name, string[] arguments) =>
        RunAsync(folder.ShellNamed(name), ["-c", $"exec 3<&0; {Body(ignoresTerm: false)}", name, .. arguments]);

    /// <summary>Starts a process of that name that may have so many files open.</summary>
    public static Task<FakeDaemon> StartLimitedAsync(TempFolder folder, string name, int soft, int hard) =>
        RunAsync(
            "/bin/bash",
            "-c",
            $"exec 3<&0; ulimit -Sn {soft}; ulimit -Hn {hard}; exec '{folder.ShellNamed(name)}' -c '{Body(ignoresTerm: false)}'"
        );

    /// <summary>Starts a process of that name with that argument that takes all the processor time it can get, for a minute at most.</summary>
    public static async Task<FakeDaemon> StartBusyAsync(TempFolder folder, string name, string argument)
    {
        var process = Start("/usr/bin/timeout", ["60", folder.ShellNamed(name), "-c", "echo $$; while :; do :; done", name, argument]);
        return new FakeDaemon(process, int.Parse((await FirstLineAsync(process))!, CultureInfo.InvariantCulture));
    }

    /// <summary>Starts a process of that name with that argument that holds a connection to a port of this machine.</summary>
    public static Task<FakeDaemon> StartConnectedAsync(TempFolder folder, string name, string argument, string port) =>
        RunAsync(folder.ShellNamed(name), "-c", $"exec 3<&0 4<>/dev/tcp/127.0.0.1/{port}; {Body(ignoresTerm: false)}", name, argument);

    /// <summary>Starts a process of that name that listens on a unix socket of that name in the folder, which its arguments do not say.</summary>
    public static Task<FakeDaemon> StartListeningAsync(TempFolder folder, string name, string socket)
    {
        const string Listen =
            "$0 = $ARGV[0]; chdir $ARGV[1]; socket(S, AF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un($ARGV[2])) && listen(S, 5) or die $!; $| = 1; print \"$$\\n\"; sleep 60";
        return RunAsync("perl", "-MSocket", "-e", Listen, name, folder.Path, socket);
    }

    /// <summary>Starts a process of that name with that argument in a pid namespace of its own, as in a container.</summary>
    public static async Task<FakeDaemon> StartInContainerAsync(TempFolder folder, string name, string argument)
    {
        var process = Start(
            "unshare",
            ["--pid", "--fork", folder.ShellNamed(name), "-c", $"exec 3<&0; {Body(ignoresTerm: false)}", name, argument]
        );
        Assert.Equal("1", await FirstLineAsync(process));
        var children = await File.ReadAllTextAsync($"/proc/{process.Id}/task/{process.Id}/children");
        return new FakeDaemon(process, int.Parse(children, CultureInfo.InvariantCulture));
    }

    /// <summary>Starts such a process below one that shows the title of OVS's monitor processes for it.</summary>
    public static async Task<FakeDaemon> StartWatchedAsync(TempFolder folder, string name, string argument, bool ignoresTerm = false)
    {
        var start = $"'{folder.ShellNamed(name)}' -c '{Body(ignoresTerm)}' {name} '{argument}' &";
        var watched = await RunAsync(
            "/bin/bash",
            "-c",
            $"exec 3<&0; {start} exec -a \"{name}: monitoring pid $! (healthy)\" /bin/bash -c '{Wait}'"
        );
        await Poll.UntilAsync(
            "the monitor's title",
            () => watched.Title.StartsWith(name + ": ", StringComparison.Ordinal),
            CancellationToken.None
        );
        return watched;
    }

    /// <summary>Starts a process that shows a title as OVS's daemons do, such as that of a monitor.</summary>
    public static Task<FakeDaemon> StartTitledAsync(string title) =>
        RunAsync("/bin/bash", "-c", $"exec 3<&0; exec -a \"{title}\" /bin/bash -c '{Body(ignoresTerm: false)}'");

    /// <summary>Stops it by SIGSTOP and returns once it has stopped.</summary>
    public async Task FreezeAsync(CancellationToken cancellation)
    {
        const int Stop = 19;
        Assert.True(ProcessTable.Signal(Snapshot, (Signal)Stop));
        await Poll.UntilAsync(
            "the process to stop",
            () => ProcessTable.Find(Snapshot.Id)?.Activity == ProcessActivity.Stopped,
            cancellation
        );
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        ProcessTable.Signal(Snapshot, Signal.Kill);
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Title => ProcessTable.CommandLine(StartedId) is [var title, ..] ? title : "";

    // It tells its id once it can be signalled.
    private static string Body(bool ignoresTerm) => $"{(ignoresTerm ? "trap \"\" TERM;" : "")} echo $$; {Wait}";

    private static async Task<FakeDaemon> RunAsync(string file, params string[] arguments)
    {
        var process = Start(file, arguments);
        var daemon = int.Parse((await FirstLineAsync(process))!, CultureInfo.InvariantCulture);

        // What it is seen to do later is what it was seen to do at first.
        await Poll.UntilAsync(
            "the daemon to sleep",
            () => ProcessTable.Find(daemon)?.Activity == ProcessActivity.Sleeping,
            CancellationToken.None
        );
        return new FakeDaemon(process, daemon);
    }

    private static Process Start(string file, string[] arguments) =>
        Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static async Task<string?> FirstLineAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await process.StandardOutput.ReadLineAsync(limit.Token);
    }
}
