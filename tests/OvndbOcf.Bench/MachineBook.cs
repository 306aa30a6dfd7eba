using OvndbOcf.Bench.Results;
using OvndbOcf.Simulation;

namespace OvndbOcf.Bench;

/// <summary>Keeps the description of the machine, which the first cluster tells: all are alike.</summary>
internal sealed class MachineBook
{
    /// <summary>The description; null as long as there was no cluster.</summary>
    public MachineDescription? Description { get; private set; }

    /// <summary>Asks the cluster, if none was asked yet.</summary>
    public async Task NoteAsync(Cluster cluster, CancellationToken cancellationToken) =>
        Description ??= await MachineInfo.DescribeAsync(cluster, cancellationToken);
}
