using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Support;

/// <summary>What <c>ovndbctl check</c> found.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Severity">Such as <c>error</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Command">The command that mends it; null if there is none.</param>
internal sealed record CheckFinding(string Id, string Severity, string Reason, string? Command)
{
    /// <summary>Whether it is more than a hint.</summary>
    public bool Matters => Severity is "error" or "warning";
}

/// <summary>Runs <c>ovndbctl check</c> on nodes, with the executable that was built last.</summary>
internal static class CheckRun
{
    private const string OnNode = "/usr/sbin/ovndbctl";
    private const int CannotTell = 3;
    private static readonly string[] WithoutFencing = ["fencing-disabled", "wait-for-all"];

    /// <summary>What it finds from a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="resource">The resource; null for the only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<CheckFinding>> RunAsync(ClusterNode node, string? resource, CancellationToken cancellationToken)
    {
        await node.CopyInAsync(Path.Combine(Root(), "out", "ovndbctl"), OnNode, cancellationToken);
        return await AskAsync(node, resource, cancellationToken);
    }

    /// <summary>What the command finds that is installed on a node. The parameters are those of <see cref="RunAsync"/>.</summary>
    public static async Task<IReadOnlyList<CheckFinding>> AskAsync(ClusterNode node, string? resource, CancellationToken cancellationToken)
    {
        string[] chosen = resource is null ? [] : ["--resource", resource];
        var result = await node.ExecAsync([OnNode, "check", "--output", "json", .. chosen], cancellationToken: cancellationToken);
        if (result.ExitCode >= CannotTell)
        {
            throw new InvalidOperationException($"{node.Name}: the check ended with {result.ExitCode}: {result.Output}");
        }

        return
        [
            .. JsonNode.Parse(result.Stdout)!["findings"]!
                .AsArray()
                .Select(finding => new CheckFinding(
                    finding!["id"]!.GetValue<string>(),
                    finding["severity"]!.GetValue<string>(),
                    finding["reason"]!.GetValue<string>(),
                    finding["command"]?.GetValue<string>()
                )),
        ];
    }

    /// <summary>Fails where it finds more than hints on any node of a cluster that is a test of other things: such clusters do without fencing, and of two nodes one that starts alone may run resources then.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="resource">The resource; null for the only one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task FindsNothingThatMattersAsync(Cluster cluster, string? resource, CancellationToken cancellationToken)
    {
        foreach (var node in cluster.Nodes)
        {
            AssertNothingMatters(node, await RunAsync(node, resource, cancellationToken));
        }
    }

    /// <summary>Fails where more than hints were found on a node of a cluster without fencing.</summary>
    public static void AssertNothingMatters(ClusterNode node, IReadOnlyList<CheckFinding> findings) =>
        Assert.Empty(
            findings
                .Where(finding => finding.Matters && !WithoutFencing.Contains(finding.Id))
                .Select(finding => $"{node.Name}: {finding.Severity} {finding.Id}: {finding.Reason}")
        );

    private static string Root([CallerFilePath] string path = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!File.Exists(Path.Combine(folder, "OvndbOcf.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
