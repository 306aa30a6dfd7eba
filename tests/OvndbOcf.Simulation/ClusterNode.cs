using System.Globalization;
using System.Net;
using OvndbOcf.Simulation.Engine;
using OvndbOcf.Simulation.Status;

namespace OvndbOcf.Simulation;

/// <summary>A node of a simulated cluster. Its disk survives <see cref="PowerOffAsync"/>; what is in memory and /run does not.</summary>
public sealed class ClusterNode : Machine
{
    private const string Examples = "/usr/share/doc/ovndb-ocf/pcs-examples";
    private static readonly string[] StatusCommand = ["crm_mon", "-1", "--inactive", "--include=all", "--output-as=xml"];
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PowerLimit = TimeSpan.FromSeconds(120);

    internal ClusterNode(int number, string name, IPAddress address, IPAddress? addressIpv6, string containerId)
        : base(name, address, containerId)
    {
        Number = number;
        AddressIpv6 = addressIpv6;
    }

    /// <summary>Its id in corosync.conf; its address follows from it.</summary>
    internal int Number { get; }

    /// <summary>Whether pacemaker-remoted runs on it in place of Pacemaker and Corosync.</summary>
    public bool IsRemote { get; init; }

    /// <summary>The IPv6 address on the cluster's network; null where it has none.</summary>
    public IPAddress? AddressIpv6 { get; }

    /// <summary>Power failure: everything on the node ends at once.</summary>
    /// <exception cref="InvalidOperationException">The engine refused, for example because the node is off already.</exception>
    public Task PowerOffAsync(CancellationToken cancellationToken = default) =>
        DockerCli.RunCheckedAsync(["kill", "--signal=KILL", ContainerId], PowerLimit, cancellationToken);

    /// <summary>Clean power-down: Pacemaker stops or moves the resources first.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    public Task ShutDownAsync(CancellationToken cancellationToken = default) =>
        DockerCli.RunCheckedAsync(["stop", "--time=90", ContainerId], PowerLimit, cancellationToken);

    /// <summary>Boots the node; it joins the cluster by itself some seconds later. Does nothing if it is on.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    public Task PowerOnAsync(CancellationToken cancellationToken = default) =>
        DockerCli.RunCheckedAsync(["start", ContainerId], PowerLimit, cancellationToken);

    /// <summary>Nothing on the node gets any CPU time (cgroup freezer), until <see cref="ThawAsync"/> or a power failure.</summary>
    /// <exception cref="InvalidOperationException">The engine refused, for example because the node is off.</exception>
    public Task FreezeAsync(CancellationToken cancellationToken = default) =>
        DockerCli.RunCheckedAsync(["pause", ContainerId], PowerLimit, cancellationToken);

    /// <summary>Ends <see cref="FreezeAsync"/>. Does nothing where the node is not frozen any more.</summary>
    public Task ThawAsync(CancellationToken cancellationToken = default) =>
        DockerCli.RunAsync(["unpause", ContainerId], PowerLimit, cancellationToken);

    /// <summary>
    /// Moves the wall clock that the cluster's daemons see, and what they start from then on or before, against the machine's; until a power failure. It takes effect within
    /// a second. Commands that are run on the node from outside see the machine's clock. For clusters with <see cref="ClusterOptions.MovableClocks"/>.
    /// </summary>
    /// <param name="seconds">How far ahead, such as <c>+3600</c>, or behind, such as <c>-3600</c>; <c>+0</c> for the machine's time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ExecException">It was refused.</exception>
    public Task SetClockOffsetAsync(string seconds, CancellationToken cancellationToken = default) =>
        ExecCheckedAsync(
            ["sh", "-c", "echo \"$1\" > /run/clock-offset.next && mv /run/clock-offset.next /run/clock-offset", "offset", seconds],
            cancellationToken: cancellationToken
        );

    /// <summary>Another container is this node from now on.</summary>
    internal void Become(string containerId) => ContainerId = containerId;

    /// <summary>The cluster knows it by another name from now on; its host name stays.</summary>
    internal void Rename(string name) => Name = name;

    /// <summary>Whether the node is powered on.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    public async Task<bool> IsOnAsync(CancellationToken cancellationToken = default) =>
        (
            await DockerCli
                .RunCheckedAsync(["inspect", "--format", "{{.State.Running}}", ContainerId], DefaultTimeout, cancellationToken)
                .ConfigureAwait(false)
        ).Trim() == "true";

    /// <summary>The cluster's status as this node sees it.</summary>
    /// <exception cref="InvalidOperationException">The node is off, or Pacemaker does not run on it.</exception>
    /// <exception cref="TimeoutException">The node does not answer in time.</exception>
    public async Task<ClusterStatus> GetClusterStatusAsync(CancellationToken cancellationToken = default)
    {
        var result = await ExecAsync(StatusCommand, AnswerLimit, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Name}: crm_mon ended with {result.ExitCode}: {result.Stderr.Trim()}");
        }

        try
        {
            return ClusterStatusParser.Parse(result.Stdout);
        }
        catch (FormatException failure)
        {
            throw new InvalidOperationException($"{Name}: {failure.Message}", failure);
        }
    }

    /// <summary>Pacemaker's executor, the process that starts agents. A child of it has its name, too, until it has become the agent: it is the oldest.</summary>
    /// <exception cref="ExecException">Pacemaker does not run on this node.</exception>
    public async Task<int> FindExecutorAsync(CancellationToken cancellationToken = default) =>
        int.Parse(
            (
                await ExecCheckedAsync(["pgrep", "--oldest", "--exact", "pacemaker-execd"], cancellationToken: cancellationToken)
                    .ConfigureAwait(false)
            ).Stdout.Trim(),
            CultureInfo.InvariantCulture
        );

    /// <summary>Runs one of the scripts of <c>pcs-examples/</c> on the node, as it is.</summary>
    /// <param name="script">The file's name, such as <c>virtual-ip.sh</c>.</param>
    /// <param name="environment">The variables that the script takes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ExecException">It failed.</exception>
    /// <exception cref="TimeoutException">It did not end within two minutes.</exception>
    public Task<ExecResult> RunExampleAsync(
        string script,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken = default
    ) => ExecCheckedAsync([$"{Examples}/{script}"], TimeSpan.FromMinutes(2), environment, cancellationToken: cancellationToken);
}

/// <summary>A machine beside the cluster, on the same network: for ovn-nbctl, openssl and the like through the virtual address.</summary>
public sealed class ClientMachine : Machine
{
    internal ClientMachine(string name, IPAddress address, string containerId)
        : base(name, address, containerId) { }
}
