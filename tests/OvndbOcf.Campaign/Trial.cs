using OvndbOcf.Campaign.Checks;
using OvndbOcf.Campaign.Faults;
using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Observation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Campaign;

/// <summary>One trial: from a whole cluster, through its faults under two clients' writes, to a whole cluster.</summary>
internal sealed class Trial(CampaignCluster campaign, PlannedTrial plan, RowLedger ledger)
{
    private const int WritesBefore = 20;
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WriterPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ExpectationPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan UndoLimit = TimeSpan.FromSeconds(60);

    private readonly List<Moment> moments = [];
    private readonly List<string> violations = [];
    private readonly List<Period> putBack = [];
    private DateTimeOffset begin;

    /// <summary>The rows that clients wrote, to be deleted some trials later.</summary>
    public IReadOnlyList<(OvnDatabase Database, string Name)> Rows { get; private set; } = [];

    private double Now => (DateTimeOffset.UtcNow - begin).TotalSeconds;

    /// <summary>Runs it. The cluster is whole before, and afterwards if the record has a recovery.</summary>
    /// <param name="view">What the cluster looks like now.</param>
    /// <param name="cancellationToken">Gives up; the trial is to be repeated then.</param>
    public async Task<FaultRecord> RunAsync(ClusterView view, CancellationToken cancellationToken)
    {
        await using var northbound = Start(CampaignCluster.Northbound);
        await using var southbound = Start(CampaignCluster.Southbound);
        await Task.WhenAll(
            northbound.WaitForWritesAsync(WritesBefore, WriteLimit, cancellationToken),
            southbound.WaitForWritesAsync(WritesBefore, WriteLimit, cancellationToken)
        );
        begin = DateTimeOffset.UtcNow;
        var (northboundBegin, southboundBegin) = (northbound.Elapsed, southbound.Elapsed);
        await Task.Delay(plan.Phase, cancellationToken);

        var sites = plan.Faults.Select(fault => (Kind: FaultCatalog.Named(fault.Kind), Site: Site(fault, view))).ToList();
        var faultAt = Now;
        await HappenAsync(sites, cancellationToken);
        var undone = Now;
        var result = await new Quiescence(campaign, ledger).WaitAsync(RecoveryLimit, cancellationToken);
        var recovery = result.IsWhole
            ? Now - (sites.Any(fault => fault.Kind.Undo is not null || fault.Kind.InSteps) ? undone : faultAt)
            : (double?)null;
        if (recovery is { } seconds && RecoveryRule.Judge(Worst(sites), sites.Count, seconds) is { } late)
        {
            violations.Add(late);
        }

        violations.AddRange(result.Problems.Select(problem => $"not recovered after {RecoveryLimit.TotalSeconds:0} s: {problem}"));

        await Task.Delay(Afterwards, cancellationToken);
        var reports = (Northbound: await northbound.StopAsync(), Southbound: await southbound.StopAsync());
        var length = Now;
        var rows = new[]
        {
            await CountAsync(CampaignCluster.Northbound, reports.Northbound, northboundBegin, faultAt, sites, result, cancellationToken),
            await CountAsync(CampaignCluster.Southbound, reports.Southbound, southboundBegin, faultAt, sites, result, cancellationToken),
        };
        Rows =
        [
            .. reports.Northbound.Acknowledged.Select(row => (CampaignCluster.Northbound, row.Name)),
            .. reports.Southbound.Acknowledged.Select(row => (CampaignCluster.Southbound, row.Name)),
        ];
        var lanes = await RoleLogs.TakeAsync(campaign.Cluster, begin, length, cancellationToken);
        violations.AddRange(TwoActive.Find(lanes));
        var outages = Outages
            .Of(reports.Northbound, northboundBegin, length)
            .Concat(Outages.Of(reports.Southbound, southboundBegin, length))
            .ToList();
        return new FaultRecord(
            plan.Number,
            string.Join(" + ", sites.Select(fault => fault.Kind.Name)),
            string.Join(" + ", sites.Select(fault => fault.Site.Node.Name)),
            Worst(sites),
            outages.Where(outage => outage.To > faultAt).Select(outage => outage.To - outage.From).DefaultIfEmpty(0).Max(),
            recovery,
            violations,
            rows,
            new Timeline(length, lanes, [.. moments.Concat(Fenced(length)).OrderBy(moment => moment.At)], Outages.Merged(outages)),
            null
        );
    }

    private AcknowledgedWriter Start(OvnDatabase database) =>
        AcknowledgedWriter.Start(
            new WriterOptions
            {
                Address = campaign.Cluster.VirtualIp,
                Database = database,
                Pause = WriterPause,
                Prefix = $"trial-{plan.Number:d4}-{Guid.NewGuid().ToString("N")[..4]}-",
            }
        );

    private FaultSite Site(PlannedFault fault, ClusterView view)
    {
        var active = campaign.Cluster.Node(view.Status.PromotedNode(campaign.Shape.CloneId)!);
        var backups = campaign.Cluster.Nodes.Where(node => node != active).ToList();
        var node = fault.Target == FaultTarget.Active ? active : backups[(int)(fault.Choice * backups.Count)];
        return new FaultSite(campaign.Cluster, campaign.Shape, node, active);
    }

    /// <summary>Injects the faults and takes them back when their time has come.</summary>
    private async Task HappenAsync(List<(FaultKind Kind, FaultSite Site)> sites, CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            sites.Select(
                async (fault, index) =>
                {
                    await Task.Delay(plan.Apart * index, cancellationToken);
                    Note($"{fault.Kind.Name} on {fault.Site.Node.Name}");
                    var from = Now;
                    var happened = await AttemptAsync(fault.Kind.Inject, fault.Site, "could not be done", cancellationToken);
                    if (fault.Kind.PutsDataBack)
                    {
                        // Also if it failed: the command that put them back may have been cut off behind that.
                        PutBack(new Period(from, Now));
                    }

                    await Task.Delay(fault.Kind.Lasts, cancellationToken);
                    if (happened && fault.Kind.Meanwhile is { } expectation)
                    {
                        await ExpectAsync(expectation, fault.Site, RecoveryRule.Limit(Worst(sites), sites.Count), cancellationToken);
                    }

                    if (fault.Kind.Undo is { } undo)
                    {
                        await UndoAsync(undo, fault.Site, cancellationToken);
                        Note("taken back");
                    }
                }
            )
        );
    }

    /// <summary>A node that the other fault has taken away cannot be asked for anything; that is not what is tested.</summary>
    private async Task<bool> AttemptAsync(
        Func<FaultSite, CancellationToken, Task> act,
        FaultSite site,
        string otherwise,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await act(site, cancellationToken);
            return true;
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or ExecException)
        {
            Note($"{otherwise}: {string.Join(' ', failure.Message.Split('\n').Take(2))}");
            return false;
        }
    }

    /// <summary>What is expected while a fault lasts is looked for until it is there. That it was not there before is no news, and not noted.</summary>
    private async Task ExpectAsync(Expectation expectation, FaultSite site, double usual, CancellationToken cancellationToken)
    {
        var (begun, limit) = (Now, expectation.Limit ?? usual);
        while (true)
        {
            try
            {
                await expectation.Check(site, cancellationToken);
                Note(expectation.What);
                return;
            }
            catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or ExecException)
            {
                if (Now - begun > limit)
                {
                    Violated(FormattableString.Invariant($"not within {limit:0} s, while the fault lasted: {expectation.What}"));
                    return;
                }
            }

            await Task.Delay(ExpectationPause, cancellationToken);
        }
    }

    /// <summary>What is not taken back would be found in the next trial: it is tried until it works.</summary>
    private async Task UndoAsync(Func<FaultSite, CancellationToken, Task> undo, FaultSite site, CancellationToken cancellationToken)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!await AttemptAsync(undo, site, "could not be taken back yet", cancellationToken) && clock.Elapsed < UndoLimit)
        {
            await Task.Delay(Afterwards, cancellationToken);
        }
    }

    /// <summary>Looks for the acknowledged rows through the address and in every copy, and judges those that are not there.</summary>
    private async Task<RowLoss> CountAsync(
        OvnDatabase database,
        WriterReport report,
        TimeSpan writerBegin,
        double faultAt,
        IReadOnlyList<(FaultKind Kind, FaultSite Site)> sites,
        QuiescenceResult result,
        CancellationToken cancellationToken
    )
    {
        var times = report.Acknowledged.ToDictionary(row => row.Name, row => faultAt - (row.At - writerBegin).TotalSeconds);
        var written = report.Acknowledged.Where(row => !LossRule.IsPutBack((row.At - writerBegin).TotalSeconds, putBack)).ToList();
        if (written.Count < report.Acknowledged.Count)
        {
            Note(
                $"{report.Acknowledged.Count - written.Count} rows of {database.Name} were acknowledged between a backup and its restoration, and do not count"
            );
        }

        ledger.Add(database, written);
        if (!result.IsWhole)
        {
            return new RowLoss(database.Name, written.Count, 0);
        }

        // The backups may be a moment behind the last rows.
        var after = await new Quiescence(campaign, ledger).WaitAsync(WriteLimit, cancellationToken);
        var copies =
            after
                .View?.Nodes.Select(node => (database == CampaignCluster.Northbound ? node.Northbound : node.Southbound).Rows)
                .OfType<IReadOnlySet<string>>()
                .ToList()
            ?? [];
        var missing = copies
            .SelectMany(copy => ledger.MissingIn(database, copy))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => new MissingRow(name, times.GetValueOrDefault(name, double.PositiveInfinity)))
            .ToList();
        if (LossRule.Judge(Worst(sites), database.Name, missing) is { } violation)
        {
            violations.Add(violation);
        }

        ledger.Forget(database, missing.Select(row => row.Name));
        return new RowLoss(database.Name, written.Count, missing.Count);
    }

    private IEnumerable<Moment> Fenced(double length) =>
        campaign
            .Cluster.Power!.Events.Select(pressed => new Moment(
                (pressed.At - begin).TotalSeconds,
                $"{pressed.Node} fenced{(pressed.Failure is null ? "" : ": " + pressed.Failure)}"
            ))
            .Where(moment => moment.At > 0 && moment.At < length);

    private static FaultClass Worst(IEnumerable<(FaultKind Kind, FaultSite Site)> sites) => sites.Max(fault => fault.Kind.Class);

    private void Note(string what)
    {
        lock (moments)
        {
            moments.Add(new Moment(Now, what));
        }
    }

    private void PutBack(Period period)
    {
        lock (putBack)
        {
            putBack.Add(period);
        }
    }

    private void Violated(string what)
    {
        lock (violations)
        {
            violations.Add(what);
        }
    }
}
