using System.Diagnostics;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Support;

/// <summary>Waits until a cluster is as it should be, and fails readably if it does not get there.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="shape">How the databases are configured in it.</param>
/// <param name="ledger">The rows that have to be in every copy; rows that are written here are added.</param>
public sealed class Invariants(Cluster cluster, ClusterShape shape, RowLedger ledger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// Waits until all of <see cref="InvariantRules"/> hold, then writes a row to each database through the address that clients use, and waits until
    /// both are in every node's own copy while the rules still hold.
    /// </summary>
    /// <param name="occasion">What happened before, for messages.</param>
    /// <param name="within">How long it may take.</param>
    /// <param name="absent">The nodes that are off or told to run nothing.</param>
    /// <param name="also">What else has to be so: it returns what is not, or null.</param>
    /// <returns>The cluster as it was then.</returns>
    /// <exception cref="InvariantException">It did not come so in time, or something happened that a person would have to look at.</exception>
    public async Task<ClusterView> HoldAsync(
        string occasion,
        TimeSpan within,
        IReadOnlyCollection<string>? absent = null,
        Func<ClusterView, string?>? also = null
    )
    {
        var cancellation = TestContext.Current.CancellationToken;
        var clock = Stopwatch.StartNew();
        var written = false;
        while (true)
        {
            ClusterView? view = null;
            List<string> problems;
            try
            {
                view = await ObserveAsync(cancellation);
                problems = [.. InvariantRules.Unforgivable(view.Status, shape)];
                if (problems.Count > 0)
                {
                    throw await FailAsync(occasion, clock.Elapsed, problems, view);
                }

                problems = [.. InvariantRules.Problems(view, shape, absent ?? [], ledger)];
                if (also?.Invoke(view) is { } more)
                {
                    problems.Add(more);
                }

                if (problems.Count == 0 && written)
                {
                    TestContext.Current.TestOutputHelper?.WriteLine(
                        $"{occasion}: invariants hold after {clock.Elapsed.TotalSeconds:0.0} s"
                    );
                    return view;
                }

                if (problems.Count == 0)
                {
                    problems.AddRange(await WriteAsync(view, absent ?? [], cancellation));
                    written = problems.Count == 0;
                }
            }
            catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
            {
                problems = [failure.Message];
            }

            if (clock.Elapsed > within)
            {
                throw await FailAsync(occasion, clock.Elapsed, problems, view);
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Looks once, at Pacemaker and at all nodes.</summary>
    /// <exception cref="InvalidOperationException">No node tells the cluster's status.</exception>
    public async Task<ClusterView> ObserveAsync(CancellationToken cancellationToken)
    {
        var nodes = Task.WhenAll(cluster.Nodes.Select(node => NodeObserver.ObserveAsync(node, shape, cancellationToken)));
        var status = await cluster.GetStatusAsync(cancellationToken);
        return new ClusterView(status, await nodes);
    }

    private async Task<IEnumerable<string>> WriteAsync(
        ClusterView view,
        IReadOnlyCollection<string> absent,
        CancellationToken cancellationToken
    )
    {
        // From a node without the address, if there is one: the way over the network is what clients take.
        var names = view.Nodes.Where(node => !absent.Contains(node.Name)).OrderBy(node => node.HasAddress).Select(node => node.Name);
        var node = cluster.Node(names.First());
        var problems = new List<string>();
        foreach (var database in new[] { OvnDatabase.Northbound, OvnDatabase.Southbound })
        {
            if (await ProbeRow.WriteAsync(node, shape, database, ledger, cancellationToken) is { } problem)
            {
                problems.Add($"{database} does not take a row through {shape.Remote(database)}: {problem}");
            }
        }

        return problems;
    }

    private async Task<InvariantException> FailAsync(string occasion, TimeSpan after, IEnumerable<string> problems, ClusterView? view)
    {
        var logs = Path.Combine(Path.GetTempPath(), $"ovndb-ocf-{cluster.Run}-{Guid.NewGuid().ToString("N")[..4]}");
        await cluster.CollectLogsAsync(logs, CancellationToken.None);
        foreach (var node in view?.Nodes ?? [])
        {
            ForgetMissing(OvnDatabase.Northbound, node.Northbound);
            ForgetMissing(OvnDatabase.Southbound, node.Southbound);
        }

        return new InvariantException(
            $"{occasion}: after {after.TotalSeconds:0.0} s on {cluster.Options.Release}:\n- {string.Join("\n- ", problems)}\n{view?.ToString() ?? "nothing was seen"}\nThe nodes' logs are in {logs}."
        );
    }

    private void ForgetMissing(OvnDatabase database, ServerView server)
    {
        if (server.Rows is { } rows)
        {
            ledger.Forget(database, ledger.MissingIn(database, rows));
        }
    }
}

/// <summary>A cluster is not as it should be; the message tells how it is.</summary>
public sealed class InvariantException(string message) : Exception(message);
