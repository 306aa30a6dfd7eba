using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>
/// The calls of a command, and of all that it starts, that say in which order files reach the disk. The nodes are containers, and their kernel keeps what was written when they lose power: what a machine would keep
/// is told by the calls alone.
/// </summary>
internal sealed class DiskCalls
{
    private const string File = "/root/disk-calls";
    private readonly IReadOnlyList<string> lines;

    private DiskCalls(IReadOnlyList<string> lines) => this.lines = lines;

    /// <summary>Runs a command on a node, which has to succeed.</summary>
    public static async Task<DiskCalls> OfAsync(ClusterNode node, IEnumerable<string> command, CancellationToken cancellationToken)
    {
        await node.ExecCheckedAsync(
            ["strace", "-f", "-y", "-o", File, "-e", "trace=fsync,rename,renameat,renameat2", .. command],
            cancellationToken: cancellationToken
        );
        return new((await node.ReadFileAsync(File, cancellationToken)).Split('\n'));
    }

    /// <summary>Fails unless the content of a file was on the disk before something took a name.</summary>
    /// <param name="path">The file, as it was called then.</param>
    /// <param name="name">The name.</param>
    public void AssertFlushedBeforeRename(string path, string name)
    {
        // mv asks first for a name that nothing has, and the call fails.
        var renamed = lines
            .Index()
            .Where(line => Succeeds(line.Item, "rename") && line.Item.Contains($"\"{name}\"", StringComparison.Ordinal))
            .ToList();
        Assert.True(renamed.Count == 1, $"{renamed.Count} calls give {name} its name");
        Assert.True(
            lines.Take(renamed[0].Index).Any(line => Succeeds(line, "fsync(") && line.Contains($"<{path}>", StringComparison.Ordinal)),
            $"{path} may not be on the disk when {name} changes"
        );
    }

    private static bool Succeeds(string line, string call) =>
        line.Contains(call, StringComparison.Ordinal) && line.EndsWith(" = 0", StringComparison.Ordinal);
}
