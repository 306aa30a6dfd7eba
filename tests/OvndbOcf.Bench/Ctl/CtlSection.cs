using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Results;
using OvndbOcf.Simulation;

namespace OvndbOcf.Bench.Ctl;

/// <summary>How long a person waits for <c>ovndbctl</c>.</summary>
internal static class CtlSection
{
    private const string Name = "ctl";
    private const string Executable = "/usr/sbin/ovndbctl";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // Name, goal in milliseconds, arguments, and whether the cluster's tools answer at once.
    private static readonly (string Name, double Goal, string Command, bool IsAlone)[] Commands =
    [
        ("list", 150, "list", false),
        ("list, without the cluster's tools", 60, "list", true),
        ("--help", 15, "--help", false),
    ];

    /// <summary>Runs it on a cluster of three nodes on which all is well.</summary>
    public static async Task RunAsync(
        BenchOptions options,
        SampleBook book,
        MachineBook machine,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        await using var bench = await BenchCluster.StartAsync(
            options.Release,
            nodes: 3,
            new BenchClusterShape(Variant.Ours, Northd: true, OwnLoadOnly: true),
            progress,
            cancellationToken
        );
        await machine.NoteAsync(bench.Cluster, cancellationToken);
        var node = await bench.WaitUntilWholeAsync("the steady state", Limit, cancellationToken);
        await node.ExecCheckedAsync(
            ["sh", "-s", CtlScript.QuickTools],
            standardInput: CtlScript.MakeQuickTools,
            cancellationToken: cancellationToken
        );
        var (batches, calls) = (options.Count(5, 2), options.Count(20, 5));
        for (var batch = 1; batch <= batches; batch++)
        {
            progress.Report($"ctl: batch {batch} of {batches}");
            foreach (var (name, goal, command, isAlone) in Commands)
            {
                var made = await CallAsync(node, command, isAlone, calls, cancellationToken);
                book.Add(
                    new Measure(Name, $"{name}, wall clock", "ms", new Goal(goal)),
                    Variant.Ours,
                    made.Select(call => call.WallMilliseconds)
                );
                book.Add(new Measure(Name, $"{name}, CPU", "ms"), Variant.Ours, made.Select(call => call.CpuMilliseconds));
            }
        }
    }

    private static async Task<IReadOnlyList<ProgramCall>> CallAsync(
        ClusterNode node,
        string command,
        bool isAlone,
        int calls,
        CancellationToken cancellationToken
    )
    {
        var result = await node.ExecCheckedAsync(
            ["python3", "-", $"{calls}", Executable, command],
            Limit,
            isAlone ? new Dictionary<string, string> { [CtlScript.ToolsVariable] = CtlScript.QuickTools } : null,
            CtlScript.Calls,
            cancellationToken
        );
        var made = ProgramCall.Parse(result.Stdout);
        return made.Count == calls && made.All(call => call.ExitCode == 0)
            ? made
            : throw new InvalidOperationException(
                $"{node.Name}: ovndbctl {command} ended with {string.Join(", ", made.Select(call => call.ExitCode).Distinct())}"
            );
    }
}
