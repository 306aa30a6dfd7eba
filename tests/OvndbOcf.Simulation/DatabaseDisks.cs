using OvndbOcf.Simulation.Engine;

namespace OvndbOcf.Simulation;

/// <summary>
/// The nodes' own small disks for their databases, which can be full or read-only without the machine that runs the simulation being so. They are memory
/// file systems that a machine beside the nodes keeps alive, so they survive the nodes' power failures as disks do.
/// </summary>
public sealed class DatabaseDisks
{
    /// <summary>A script for sh(1) that fills a node's disk for databases.</summary>
    // Two steps: the last blocks of a file system may not be had by reservation.
    public const string Fill = """
        room=$(df --output=avail --block-size=1 /var/lib/ovn | tail -n 1)
        fallocate --length "$room" /var/lib/ovn/filler || dd if=/dev/zero of=/var/lib/ovn/filler bs=4k status=none
        df /var/lib/ovn | grep -q ' 100% '
        """;

    /// <summary>A script for sh(1) that ends <see cref="Fill"/>.</summary>
    public const string MakeRoom = "rm -f /var/lib/ovn/filler";

    /// <summary>Where the nodes have them.</summary>
    internal const string Directory = "/var/lib/ovn";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Machine shelf;

    internal DatabaseDisks(Machine shelf) => this.shelf = shelf;

    /// <summary>Takes writing away from a node, as the kernel does after an error of a real disk. Refused while a program has a file open for writing.</summary>
    /// <exception cref="ExecException">It was refused.</exception>
    public Task MakeReadOnlyAsync(ClusterNode node, CancellationToken cancellationToken = default) =>
        RemountAsync(node, "ro", cancellationToken);

    /// <summary>Ends <see cref="MakeReadOnlyAsync"/>; does nothing where that was not done.</summary>
    /// <exception cref="ExecException">It was refused.</exception>
    public Task MakeWritableAsync(ClusterNode node, CancellationToken cancellationToken = default) =>
        RemountAsync(node, "rw", cancellationToken);

    /// <summary>The name of a node's volume.</summary>
    internal static string Volume(string run, string node) => $"ovndb-ocf-{run}-{node}-databases";

    /// <summary>Where the shelf has a node's disk.</summary>
    internal static string OnShelf(string node) => $"/disks/{node}";

    /// <summary>Makes a node's disk.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    internal static Task CreateAsync(string run, string node, int sizeInMiB, CancellationToken cancellationToken) =>
        DockerCli.RunCheckedAsync(
            [
                "volume",
                "create",
                "--driver",
                "local",
                "--opt",
                "type=tmpfs",
                "--opt",
                "device=tmpfs",
                "--opt",
                $"o=size={sizeInMiB}m",
                .. RunLabels.For(run, keep: false).SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" }),
                Volume(run, node),
            ],
            Limit,
            cancellationToken
        );

    private Task<ExecResult> RemountAsync(ClusterNode node, string option, CancellationToken cancellationToken) =>
        shelf.ExecCheckedAsync(["mount", "-o", $"remount,{option}", OnShelf(node.Name)], Limit, cancellationToken: cancellationToken);
}
