using System.Diagnostics;
using System.Globalization;
using OvndbOcf.Campaign.Checks;
using OvndbOcf.Campaign.Faults;
using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Observation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Campaign;

/// <summary>Runs the trials that have not been done yet, one after the other, and writes down each of them at once.</summary>
internal sealed class CampaignRun(CampaignOptions options, IProgress<string> progress) : IAsyncDisposable
{
    private const int TrialsWithRows = 3;
    private static readonly TimeSpan WholeLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(5);

    private readonly RowLedger ledger = new();
    private readonly Queue<IReadOnlyList<(OvnDatabase Database, string Name)>> rows = new();
    private readonly List<FaultRecord> records = [];
    private CampaignCluster? campaign;
    private CampaignSetup? setup;
    private DateTimeOffset begin = DateTimeOffset.UtcNow;

    /// <summary>0 if all invariants held, 1 if not. What was done is written down whenever it is cancelled, and the next run goes on from there.</summary>
    /// <exception cref="InvalidOperationException">The campaign could not be run.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Output);
        Resume();
        var kinds = FaultCatalog.Select(options.Only);
        foreach (var number in Enumerable.Range(options.First, options.Faults).Except(records.Select(record => record.Number)))
        {
            await TryAsync(CampaignPlan.Trial(options.Seed, number, kinds), cancellationToken);
        }

        ReportWriter.WriteAll(options.Output);
        return Summary();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (campaign is not null)
        {
            await campaign.DisposeAsync();
        }
    }

    private void Resume()
    {
        if (File.Exists(options.ResultFile))
        {
            var before = CampaignJson.Read(File.ReadAllText(options.ResultFile));
            (setup, begin) = (before.Setup, before.Begin);
            records.AddRange(before.Faults);
            progress.Report($"{records.Count} trials are done already: {options.ResultFile}");
        }
    }

    private async Task TryAsync(PlannedTrial plan, CancellationToken cancellationToken)
    {
        var view = await PrepareAsync(cancellationToken);
        var trial = new Trial(campaign!, plan, ledger);
        var record = await trial.RunAsync(view, cancellationToken);
        if (record.Violations.Count > 0)
        {
            var logs = Path.Combine(options.Output, $"{options.Name}-{plan.Number:d4}");
            await campaign!.Cluster.CollectLogsAsync(logs, cancellationToken);
            record = record with { Logs = Path.GetFileName(logs) };
        }

        records.Add(record);
        Save();
        Tell(record);
        rows.Enqueue(trial.Rows);
        if (record.Recovery is null)
        {
            // The next trial shall not suffer from this one.
            await campaign!.DisposeAsync();
            campaign = null;
        }
        else
        {
            await CleanUpAsync(cancellationToken);
        }
    }

    /// <summary>A whole cluster, a new one if there is none.</summary>
    private async Task<ClusterView> PrepareAsync(CancellationToken cancellationToken)
    {
        if (campaign is null)
        {
            campaign = await CampaignCluster.StartAsync(options, progress, cancellationToken);
            ledger.Forget(CampaignCluster.Northbound, ledger.MissingIn(CampaignCluster.Northbound, new HashSet<string>()));
            ledger.Forget(CampaignCluster.Southbound, ledger.MissingIn(CampaignCluster.Southbound, new HashSet<string>()));
            rows.Clear();
        }

        await SettleAsync(cancellationToken);
        var result = await new Quiescence(campaign, ledger).WaitAsync(WholeLimit, cancellationToken);
        setup ??= new CampaignSetup(
            options.Agent.ToString().ToLowerInvariant(),
            options.Release.Suite(),
            options.Nodes,
            options.Seed,
            await Versions.OfNodeAsync(campaign.Cluster.Nodes[0], cancellationToken),
            Versions.OfMachine()
        );
        return result.IsWhole
            ? result.View!
            : throw new InvalidOperationException(
                $"the cluster is not whole before a trial:\n- {string.Join("\n- ", result.Problems)}\n{result.View}"
            );
    }

    /// <summary>
    /// Waits until the controller has nothing left to do. A join that it has not finished keeps it from planning anything, for as long as it takes: that belongs to the
    /// trial before, and is told.
    /// </summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (!await ControllerState.IsIdleAsync(campaign!.Cluster, cancellationToken))
        {
            if (clock.Elapsed > WholeLimit)
            {
                throw new InvalidOperationException(
                    $"Pacemaker's controller did not come to rest within {WholeLimit.TotalSeconds:0} s before a trial"
                );
            }

            await Task.Delay(SettlePause, cancellationToken);
        }

        if (clock.Elapsed > WorthTelling)
        {
            progress.Report(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"   Pacemaker's controller came to rest only {clock.Elapsed.TotalSeconds:0.0} s later"
                )
            );
        }
    }

    /// <summary>The failures that the cluster has recovered from would expire by themselves after half a minute; the next trial does not wait so long.</summary>
    private async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        await campaign!.Cluster.Nodes[0].ExecAsync(["crm_resource", "--cleanup"], cancellationToken: cancellationToken);
        while (rows.Count > TrialsWithRows)
        {
            foreach (var database in rows.Dequeue().GroupBy(row => row.Database, row => row.Name))
            {
                ledger.Forget(database.Key, database);
                RowDeletion.Delete(database.Key, campaign.Cluster.VirtualIp, [.. database]);
            }
        }
    }

    private void Save()
    {
        var ordered = records.OrderBy(record => record.Number).ToList();
        var next = options.ResultFile + ".next";
        File.WriteAllText(next, CampaignJson.Write(new CampaignReport(setup!, begin, ordered)));
        File.Move(next, options.ResultFile, overwrite: true);
    }

    private void Tell(FaultRecord record)
    {
        var missing = record.Rows.Sum(loss => loss.Missing);
        progress.Report(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{record.Number}: {record.Name} on {record.Target}: outage {record.Outage:0.0} s, whole after {(record.Recovery is { } recovery ? $"{recovery:0.0} s" : "never")}, {missing} rows missing"
            )
        );
        foreach (var violation in record.Violations)
        {
            progress.Report($"   VIOLATED: {violation}");
        }
    }

    private int Summary()
    {
        var violated = records.Where(record => record.Violations.Count > 0).ToList();
        progress.Report(
            $"{records.Count} trials, {violated.Count} with violated invariants{(violated.Count > 0 ? ": " + string.Join(", ", violated.Select(record => record.Number)) : "")}"
        );
        progress.Report($"the report: {Path.Combine(options.Output, "report.html")}");
        return violated.Count == 0 ? 0 : 1;
    }
}
