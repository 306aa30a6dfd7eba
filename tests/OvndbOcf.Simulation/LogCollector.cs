using OvndbOcf.Simulation.Engine;

namespace OvndbOcf.Simulation;

/// <summary>Saves what helps to understand a failed run.</summary>
internal static class LogCollector
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly string[] Paths =
    [
        "/var/log/pacemaker",
        "/var/log/corosync",
        "/var/log/ovn",
        "/var/lib/pacemaker/cib/cib.xml",
        "/var/lib/pacemaker/pengine",
        "/var/log/role-log",
    ];

    /// <summary>Writes a directory a node, and the status as text.</summary>
    public static async Task CollectAsync(Cluster cluster, string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var status = await TryAsync(async () => (await cluster.GetStatusAsync(cancellationToken).ConfigureAwait(false)).ToString())
            .ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(directory, "status.txt"), status + "\n", cancellationToken).ConfigureAwait(false);
        foreach (var node in cluster.Nodes)
        {
            var target = Directory.CreateDirectory(Path.Combine(directory, node.Name)).FullName;
            var output = await TryAsync(async () =>
                    (await DockerCli.RunAsync(["logs", node.ContainerId], Limit, cancellationToken).ConfigureAwait(false)).Output
                )
                .ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(target, "console.txt"), output + "\n", cancellationToken).ConfigureAwait(false);
            foreach (var path in Paths)
            {
                var failure = await TryAsync(async () =>
                    {
                        await node.CopyOutAsync(path, target, cancellationToken).ConfigureAwait(false);
                        return "";
                    })
                    .ConfigureAwait(false);
                if (failure.Length > 0)
                {
                    await File.AppendAllTextAsync(Path.Combine(target, "missing.txt"), failure + "\n", cancellationToken)
                        .ConfigureAwait(false);
                }
            }
        }
    }

    private static async Task<string> TryAsync(Func<Task<string>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
        {
            return failure.Message;
        }
    }
}
