using System.Diagnostics;
using System.Globalization;
using System.Net;
using OvndbOcf.Simulation.Engine;

namespace OvndbOcf.Simulation;

/// <summary>A container of the simulation that commands can be run in.</summary>
public abstract class Machine
{
    /// <summary>How long a command may take where nothing else is said.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private const int Killed = 137;
    private static readonly TimeSpan EngineOverhead = TimeSpan.FromSeconds(10);

    private protected Machine(string name, IPAddress address, string containerId)
    {
        Name = name;
        Address = address;
        ContainerId = containerId;
    }

    /// <summary>The host name, such as <c>node1</c>; of cluster nodes the name in Pacemaker.</summary>
    public string Name { get; private protected set; }

    /// <summary>The IPv4 address on the cluster's network.</summary>
    public IPAddress Address { get; }

    /// <summary>The id by which the Docker engine knows the container.</summary>
    public string ContainerId { get; private protected set; }

    /// <summary>Runs a command as root and returns what it left, whatever its exit code.</summary>
    /// <param name="arguments">The program and its arguments; no shell is involved.</param>
    /// <param name="timeout">After this time the command is killed; <see cref="DefaultTimeout"/> if null.</param>
    /// <param name="environment">Variables to set beside the container's own.</param>
    /// <param name="standardInput">Text for its standard input, which is empty if null.</param>
    /// <param name="cancellationToken">Gives up waiting; the command may then run on until its timeout.</param>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<ExecResult> ExecAsync(
        IEnumerable<string> arguments,
        TimeSpan? timeout = null,
        IReadOnlyDictionary<string, string>? environment = null,
        string? standardInput = null,
        CancellationToken cancellationToken = default
    )
    {
        var limit = timeout ?? DefaultTimeout;
        string[] command = [.. arguments];
        List<string> docker = ["exec"];
        if (standardInput is not null)
        {
            docker.Add("--interactive");
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            docker.AddRange(["--env", $"{name}={value}"]);
        }

        // Killing the docker client leaves the command running in the container: the limit has to be kept in there.
        docker.AddRange([ContainerId, "timeout", "--signal=KILL", limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)]);
        docker.AddRange(command);

        var clock = Stopwatch.StartNew();
        var result = await DockerCli.RunAsync(docker, limit + EngineOverhead, cancellationToken, standardInput).ConfigureAwait(false);
        return result.ExitCode == Killed && clock.Elapsed >= limit
            ? throw new TimeoutException(
                $"{Name}: '{string.Join(' ', command)}' did not end within {limit.TotalSeconds:0.###} s; so far:\n{result.Output}"
            )
            : result;
    }

    /// <summary>Runs a command as root that has to succeed. The parameters are those of <see cref="ExecAsync"/>.</summary>
    /// <exception cref="ExecException">It ended with another exit code than 0.</exception>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<ExecResult> ExecCheckedAsync(
        IEnumerable<string> arguments,
        TimeSpan? timeout = null,
        IReadOnlyDictionary<string, string>? environment = null,
        string? standardInput = null,
        CancellationToken cancellationToken = default
    )
    {
        string[] command = [.. arguments];
        var result = await ExecAsync(command, timeout, environment, standardInput, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? result : throw new ExecException(Name, command, result);
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="ExecException">It cannot be read.</exception>
    public async Task<string> ReadFileAsync(string path, CancellationToken cancellationToken = default) =>
        (await ExecCheckedAsync(["cat", path], cancellationToken: cancellationToken).ConfigureAwait(false)).Stdout;

    /// <summary>Writes a text file, replacing what is there and creating directories on the way.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="content">The whole text.</param>
    /// <param name="mode">The permissions as install(1) takes them.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ExecException">It cannot be written.</exception>
    public Task WriteFileAsync(string path, string content, string mode = "0644", CancellationToken cancellationToken = default) =>
        ExecCheckedAsync(
            ["install", "-D", $"--mode={mode}", "/dev/stdin", path],
            standardInput: content,
            cancellationToken: cancellationToken
        );

    /// <summary>Copies a file or directory of this machine into the container, with its permissions. Works on a node that is off, too.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    public Task CopyInAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        DockerCli.RunCheckedAsync(["cp", source, $"{ContainerId}:{destination}"], DefaultTimeout, cancellationToken);

    /// <summary>Copies a file or directory out of the container. Works on a node that is off, too.</summary>
    /// <exception cref="InvalidOperationException">The engine refused, or there is no such file.</exception>
    public Task CopyOutAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        DockerCli.RunCheckedAsync(["cp", $"{ContainerId}:{source}", destination], DefaultTimeout, cancellationToken);

    /// <summary>Sends a signal to a process in the container.</summary>
    /// <param name="pid">The process id inside the container.</param>
    /// <param name="signal">The signal's name as kill(1) takes it, such as <c>KILL</c> or <c>STOP</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ExecException">There is no such process.</exception>
    public Task SignalAsync(int pid, string signal, CancellationToken cancellationToken = default) =>
        ExecCheckedAsync(["kill", "-s", signal, pid.ToString(CultureInfo.InvariantCulture)], cancellationToken: cancellationToken);

    /// <summary>The pid that a pidfile names.</summary>
    /// <exception cref="ExecException">There is no such file.</exception>
    /// <exception cref="FormatException">It does not contain a number.</exception>
    public async Task<int> ReadPidAsync(string pidFile, CancellationToken cancellationToken = default) =>
        int.Parse((await ReadFileAsync(pidFile, cancellationToken).ConfigureAwait(false)).Trim(), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Address})";
}
