using System.Diagnostics;
using System.Net;
using OvndbOcf.Simulation.Engine;

namespace OvndbOcf.Simulation;

/// <summary>Nodes that join the cluster, leave it, and get other names.</summary>
public sealed partial class Cluster
{
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Takes a node out of the cluster, as <c>pcs cluster node remove</c> does: it shuts down, the others read a corosync.conf without it, and Pacemaker forgets it. Its machine is gone then.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="databases">Gets a copy of its databases' directory, for <see cref="AddNodeAsync"/>; it must not exist yet. Null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    /// <exception cref="ExecException">The others did not take the new membership.</exception>
    public async Task RemoveNodeAsync(ClusterNode node, string? databases, CancellationToken cancellationToken = default)
    {
        await node.ShutDownAsync(cancellationToken).ConfigureAwait(false);
        if (databases is not null)
        {
            await node.CopyOutAsync(DatabaseDisks.Directory, databases, cancellationToken).ConfigureAwait(false);
        }

        await DockerCli.RunCheckedAsync(["rm", node.ContainerId], AnswerLimit, cancellationToken).ConfigureAwait(false);
        Nodes = [.. Nodes.Where(other => other != node)];
        await TellNamesAsync(cancellationToken).ConfigureAwait(false);
        await Nodes[0]
            .ExecCheckedAsync(["crm_node", "--force", "--remove", node.Name], cancellationToken: cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Adds a machine that was never a member, as <c>pcs cluster node add --start</c> does. It has the next free name, and joins some seconds later.
    /// </summary>
    /// <param name="databases">What it brings along in the databases' directory; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    /// <exception cref="ExecException">The others did not take the new membership.</exception>
    public async Task<ClusterNode> AddNodeAsync(DirectoryInfo? databases, CancellationToken cancellationToken = default)
    {
        var number = Interlocked.Increment(ref numbers);
        var corosync = CorosyncConfiguration.Write(
            [.. Membership(), (number, ClusterParts.NodeName(number), network.Addresses.Node(number))],
            Options.Fencing
        );
        await WriteMembershipAsync(corosync, cancellationToken).ConfigureAwait(false);
        var node = await parts.StartNodeAsync(number, Options.Release, corosync, databases, cancellationToken).ConfigureAwait(false);
        Nodes = [.. Nodes, node];
        return node;
    }

    /// <summary>Adds a remote node: <see cref="StartRemoteNodeAsync"/> and <see cref="ConnectRemoteNodeAsync"/>. It is online some seconds later.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    /// <exception cref="ExecException">The resource could not be created.</exception>
    public async Task<ClusterNode> AddRemoteNodeAsync(CancellationToken cancellationToken = default)
    {
        var node = await StartRemoteNodeAsync(cancellationToken).ConfigureAwait(false);
        var result = await ConnectRemoteNodeAsync(node, Nodes[0], cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? node : throw new ExecException(Nodes[0].Name, ["pcs", "resource", "create", node.Name], result);
    }

    /// <summary>
    /// Starts a machine on which pacemaker-remoted runs in place of Pacemaker and Corosync, and creates its fence device where there is fencing. The cluster does not know it yet.
    /// </summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    /// <exception cref="ExecException">The fence device could not be created.</exception>
    public async Task<ClusterNode> StartRemoteNodeAsync(CancellationToken cancellationToken = default)
    {
        var node = await parts.StartRemoteNodeAsync(Interlocked.Increment(ref numbers), cancellationToken).ConfigureAwait(false);
        if (Options.Fencing)
        {
            await ConfigureFencingAsync([node], cancellationToken).ConfigureAwait(false);
        }

        return node;
    }

    /// <summary>
    /// Creates the resource by which the cluster connects to a remote node, which belongs to it then. pcs cluster node add-remote does the same, and asks for pcsd on all machines besides.
    /// </summary>
    /// <param name="node">The remote node.</param>
    /// <param name="on">Where the command runs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What pcs said; it refuses what exists already.</returns>
    public async Task<ExecResult> ConnectRemoteNodeAsync(ClusterNode node, ClusterNode on, CancellationToken cancellationToken = default)
    {
        string[] create =
        [
            "pcs",
            "resource",
            "create",
            node.Name,
            "ocf:pacemaker:remote",
            $"server={node.Address}",
            "reconnect_interval=5s",
            "op",
            "monitor",
            "interval=5s",
            "--force",
        ];
        var result = await on.ExecAsync(create, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (result.ExitCode == 0)
        {
            Nodes = [.. Nodes, node];
        }

        return result;
    }

    /// <summary>
    /// Takes a remote node out of the cluster: its resource is deleted, which moves away what runs there and ends the connection, and then the machine is gone. pcs cluster node remove-remote does the same, and asks for pcsd on
    /// all machines besides.
    /// </summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    /// <exception cref="ExecException">pcs refused.</exception>
    public async Task RemoveRemoteNodeAsync(ClusterNode node, CancellationToken cancellationToken = default)
    {
        await Nodes[0]
            .ExecCheckedAsync(["pcs", "resource", "delete", node.Name, "--force"], RemovalLimit, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        Nodes = [.. Nodes.Where(other => other != node)];
        if (Options.Fencing)
        {
            await Nodes[0]
                .ExecCheckedAsync(["pcs", "stonith", "delete", $"power-{node.Name}"], RemovalLimit, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }

        await node.ShutDownAsync(cancellationToken).ConfigureAwait(false);
        await DockerCli.RunCheckedAsync(["rm", node.ContainerId], AnswerLimit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives a node another name in the cluster, in place: it shuts down, all nodes get a corosync.conf with the new name, those that are on read it and forget the former name, and the node boots with everything
    /// that is on its disk.
    /// </summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    /// <exception cref="ExecException">The others did not take the new membership.</exception>
    public async Task RenameNodeAsync(ClusterNode node, string name, CancellationToken cancellationToken = default)
    {
        if (await node.IsOnAsync(cancellationToken).ConfigureAwait(false))
        {
            await node.ShutDownAsync(cancellationToken).ConfigureAwait(false);
        }

        // As long as Pacemaker knows the former name, it takes the node that has its id for another one, and lets it not join.
        var former = node.Name;
        node.Rename(name);
        await TellNamesAsync(cancellationToken).ConfigureAwait(false);
        await ForgetNameAsync(node, former, cancellationToken).ConfigureAwait(false);
        await node.PowerOnAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first step of a change of a node's name, and nothing else: the name is in the file of one node, which nobody has read.</summary>
    /// <param name="node">The node that gets the name; it is off.</param>
    /// <param name="name">The name.</param>
    /// <param name="editor">Whose file it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    public Task WriteNameAsync(ClusterNode node, string name, ClusterNode editor, CancellationToken cancellationToken = default)
    {
        node.Rename(name);
        return CopyMembershipAsync(CurrentMembership(), [editor], cancellationToken);
    }

    /// <summary>The next step: all nodes have the file with the names that nodes have by now, as <c>pcs cluster sync corosync</c> does it, and those that are on read it.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    /// <exception cref="ExecException">The others did not take the new membership.</exception>
    public Task TellNamesAsync(CancellationToken cancellationToken = default) =>
        WriteMembershipAsync(CurrentMembership(), cancellationToken);

    /// <summary>The last step: the other nodes that are on forget the former name of a node.</summary>
    /// <exception cref="ExecException">Pacemaker refused.</exception>
    /// <exception cref="TimeoutException">Pacemaker goes on with the name.</exception>
    public async Task ForgetNameAsync(ClusterNode node, string former, CancellationToken cancellationToken = default)
    {
        foreach (var other in Nodes.Where(other => other != node))
        {
            if (await other.IsOnAsync(cancellationToken).ConfigureAwait(false))
            {
                await ForgetNameOnAsync(other, former, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The command succeeds, and Pacemaker 2.1.5 keeps the name all the same, where it has just lost another node.
    private static async Task ForgetNameOnAsync(ClusterNode node, string former, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < AnswerLimit)
        {
            await node.ExecCheckedAsync(["crm_node", "--force", "--remove", former], cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            var known = await node.ExecCheckedAsync(["crm_node", "-l"], cancellationToken: cancellationToken).ConfigureAwait(false);
            if (!known.Stdout.Split((char[])[' ', '\n']).Contains(former))
            {
                return;
            }

            await Task.Delay(PollPause, cancellationToken).ConfigureAwait(false);
        }

        throw new TimeoutException($"{node.Name} has not forgotten {former} after {AnswerLimit.TotalSeconds:0} s");
    }

    private IEnumerable<(int Number, string Name, IPAddress Address)> Membership() =>
        Nodes.Where(node => !node.IsRemote).Select(node => (node.Number, node.Name, node.Address));

    private string CurrentMembership() => CorosyncConfiguration.Write([.. Membership()], Options.Fencing);

    /// <summary>Gives all nodes that corosync.conf; those that are on read it at once.</summary>
    private async Task WriteMembershipAsync(string corosync, CancellationToken cancellationToken)
    {
        await CopyMembershipAsync(corosync, Nodes, cancellationToken).ConfigureAwait(false);
        foreach (var node in Nodes)
        {
            if (await node.IsOnAsync(cancellationToken).ConfigureAwait(false))
            {
                await node.ExecCheckedAsync(["corosync-cfgtool", "-R"], cancellationToken: cancellationToken).ConfigureAwait(false);
                return;
            }
        }
    }

    private static async Task CopyMembershipAsync(string corosync, IEnumerable<ClusterNode> nodes, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("ovndb-ocf-");
        try
        {
            var file = Path.Combine(directory.FullName, "corosync.conf");
            await File.WriteAllTextAsync(file, corosync, cancellationToken).ConfigureAwait(false);
            foreach (var node in nodes)
            {
                await node.CopyInAsync(file, "/etc/corosync/corosync.conf", cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
