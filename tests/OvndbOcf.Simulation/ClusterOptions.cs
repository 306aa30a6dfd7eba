namespace OvndbOcf.Simulation;

/// <summary>What a simulated cluster shall look like.</summary>
public sealed record ClusterOptions
{
    /// <summary>The Debian release of all nodes.</summary>
    public DebianRelease Release { get; init; } = DebianRelease.Bookworm;

    /// <summary>The image of the nodes and clients; null for the release's node image.</summary>
    public string? Image { get; init; }

    /// <summary>
    /// How many nodes, 1 to 16. Two nodes get corosync's <c>two_node: 1</c>; without <see cref="Fencing"/> also <c>wait_for_all: 0</c>, so that one
    /// node that comes back alone may run resources (votequorum(5)), which is safe only in a simulation.
    /// </summary>
    public int Nodes { get; init; } = 3;

    /// <summary>
    /// Whether the nodes have a power switch, and the cluster a fence device for each of them. The switch ends with this process, so a cluster that
    /// is to be kept cannot have it.
    /// </summary>
    public bool Fencing { get; init; }

    /// <summary>Whether each node has a small disk of its own for the databases, which <see cref="Cluster.Disks"/> can take away.</summary>
    public bool DatabaseDisks { get; init; }

    /// <summary>The size of each of these disks. What is on them takes that much of the machine's memory.</summary>
    public int DatabaseDiskMiB { get; init; } = 256;

    /// <summary>Whether the clocks of the nodes' cluster daemons, and of what they start, can be moved with <see cref="ClusterNode.SetClockOffsetAsync"/>.</summary>
    public bool MovableClocks { get; init; }

    /// <summary>Whether the network has an IPv6 subnet beside the IPv4 one. Corosync itself always talks over IPv4.</summary>
    public bool Ipv6 { get; init; }

    /// <summary>What container and network names begin with; <c>ovndb-ocf</c> if null.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>Whether the cluster outlives this process: it is then only removed by <see cref="KeptClusters.RemoveAllAsync"/>.</summary>
    public bool Keep { get; init; }

    /// <summary>How long the nodes may take from their start to quorum, a designated controller and all nodes online.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Further environment of the nodes' containers, for example of Pacemaker's daemons (<c>PCMK_debug</c>).</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
