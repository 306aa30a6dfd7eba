using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>promote: both servers take writes, the data and the cluster know of the promotion, clients get in, and northd was started.</summary>
public static class PromoteAction
{
    // A closing marker that was sent is on its way between two machines of one network.
    private static readonly TimeSpan ArrivalTimeout = TimeSpan.FromSeconds(3);

    // An attribute daemon that was started again knows everything within a second or two.
    private static readonly TimeSpan UncertaintyTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(300);

    /// <summary>Success once all of that was seen to be so. Safe to repeat at any point.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        if (ConfigurationCheck.BeforeStart(context) is { } wrong)
        {
            return wrong;
        }

        var servers = context.Observe(context.PatientDeadline);
        var state = InstanceEvaluator.Evaluate(servers.Northbound, servers.Southbound, NorthdState.NotManaged, ExpectedRole.Unpromoted);
        switch (state)
        {
            case InstanceState.Stopped:
                return new ActionResult(
                    OcfExitCode.NotRunning,
                    "NB and SB are not running, so nothing can be promoted here; see their logs"
                );

            case InstanceState.Failed:
                await context.SetScoreAsync(null).ConfigureAwait(false);
                return ActionResult.Error(
                    $"cannot promote: {Reasons.Describe(servers)}; the cluster restarts the instance, see the logs of the servers"
                );
        }

        var found = await ExamineAsync(context).ConfigureAwait(false);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var assessment = found.Assessment;
        if (state != InstanceState.Promoted)
        {
            var (restarted, converts) = await RunningParameters.RestartAsync(context, assessment.Copies).ConfigureAwait(false);
            if (restarted.Problem is { } problem)
            {
                await context.SetScoreAsync(null).ConfigureAwait(false);
                return ActionResult.Error($"promotion failed: {problem}");
            }

            if (converts)
            {
                // The record tells backups which schema to have.
                assessment = assessment with
                {
                    Candidacy = assessment.Candidacy with { Copies = CopyAccess.ReadBoth(context.Parameters, context.Deadline) },
                };
            }
        }

        var awaitsAddress = AddressArrival.BeginIfMissing(context);
        var outcome = await PromoteAsync(context, assessment, found.Others, state == InstanceState.Promoted).ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            // Another node shall have its turn.
            await context.SetScoreAsync(null).ConfigureAwait(false);
            return ActionResult.Error($"promotion failed: {outcome.Problem}");
        }

        if (!awaitsAddress)
        {
            // It was here before: only now do clients find active servers.
            AddressArrival.Begin(context);
        }

        return ActionResult.Success;
    }

    /// <summary>
    /// The last guard: the scores should have kept a copy from being chosen that lacks data, or is not the best one online. What is not known is asked for again, for a while; if it stays
    /// unknown, nobody is promoted here, unless the policy is to promote whatever there is.
    /// </summary>
    private static async Task<Examination> ExamineAsync(AgentContext context)
    {
        var patience = Deadline.After(UncertaintyTimeout).Earlier(Deadline.After(context.Deadline.Remaining * 0.4));
        while (true)
        {
            var reading = context.CopyAttributes.ReadClaimsAsync();
            var assessment = await Assessment.MakeAsync(context, TimeSpan.Zero, context.CopyAttributes.ReadAsync()).ConfigureAwait(false);
            var claims = await reading.ConfigureAwait(false);
            var isKnown = claims is not null && assessment.Verdict.IsKnown;
            if (isKnown || patience.HasPassed || !context.Environment.IsRunByPacemaker)
            {
                return await JudgeAsync(context, assessment, claims).ConfigureAwait(false);
            }

            context.Log.Info("the cluster does not tell yet how the copies compare; asking again");
            await Task.Delay(BetweenQuestions).ConfigureAwait(false);
        }
    }

    private static async Task<Examination> JudgeAsync(AgentContext context, Assessment assessment, IReadOnlyList<NodeClaim>? claims)
    {
        Examination Refuse(string reason) => new(ActionResult.Error(reason), assessment, []);

        // By hand, on a cluster where another instance is promoted: its next monitor would have to undo it.
        if (
            assessment.Cluster.Record is { Marker.Closed: false } record
            && record.Marker.Node != context.Me.AttributeHost
            && !context.Notify.Promoting.Any(context.Me.IsMe)
            && PublishedCopies.IsPromoted(assessment.Published, record.Marker) != false
        )
        {
            return Refuse(
                $"{record.Marker.Node} is promoted, and Pacemaker did not ask for a promotion here; to move the promotion: pcs resource move, or crm_resource --move, with --promoted"
            );
        }

        assessment = await WaitForClosingAsync(context, assessment).ConfigureAwait(false);
        if (!assessment.Verdict.IsPromotable)
        {
            // What is not known does not change a score.
            if (assessment.Verdict.IsKnown)
            {
                await context.SetScoreAsync(assessment.Verdict.Score).ConfigureAwait(false);
            }

            return Refuse($"not promoted: {assessment.Verdict.Reason}");
        }

        if (claims is null && context.Environment.IsRunByPacemaker)
        {
            const string Unknown = "pacemaker-attrd does not answer, so a better copy on another node is possible";
            if (context.Parameters.OutdatedPolicy != OutdatedPolicy.Allow)
            {
                return Refuse($"not promoted: {Unknown}; check pacemaker-attrd, Pacemaker tries again");
            }

            context.Log.Warning($"{Unknown}; promoting because outdated_copies is allow");
        }

        claims ??= [];
        var examined = new Examination(
            null,
            assessment,
            [.. claims.Select(claim => claim.Node).Where(node => node != context.Me.AttributeHost)]
        );
        var mine = assessment.Claim(assessment.Copies.LastChange);
        if (PromotionGuard.BetterThan(mine, claims) is not { } better)
        {
            if (PromotionGuard.InPlaceOf(mine, claims) is { } unable)
            {
                context.Log.Warning(
                    $"promoting although {Difference(unable, mine)}: {unable.Node} cannot take a promotion, see the log there; rows that {unable.Node} had not sent are missing now, "
                        + $"and are kept in files that {unable.Node} sets aside"
                );
            }

            return examined;
        }

        var difference = Difference(better, mine);
        if (context.CopyAttributes.GaveWay(assessment.Cluster.Record))
        {
            // Pacemaker knows of reasons, such as a constraint, why the other one is not to be promoted. What that has more is set aside when it follows.
            context.Log.Warning($"promoting although {difference}: Pacemaker chose this node again");
            return examined;
        }

        context.CopyAttributes.GiveWay(assessment.Cluster.Record);
        await context.SetScoreAsync(PromotionScores.Least).ConfigureAwait(false);
        return Refuse($"not promoted: {difference}; Pacemaker tries the other node, unless a constraint forbids that");
    }

    private static string Difference(NodeClaim better, NodeClaim mine) =>
        $"{better.Node} has a better copy ({better.Copy}; {mine.Copy} here)";

    /// <summary>What was found before a promotion.</summary>
    /// <param name="Refusal">Why it must not be; null if it may.</param>
    /// <param name="Assessment">What the copies are worth.</param>
    /// <param name="Others">The other nodes that said something of their copies.</param>
    private sealed record Examination(ActionResult? Refusal, Assessment Assessment, IReadOnlyList<string> Others);

    /// <summary>Where the last active instance retired as planned, waits for the closing marker, which says that this copy has everything.</summary>
    private static async Task<Assessment> WaitForClosingAsync(AgentContext context, Assessment assessment)
    {
        if (
            assessment.Cluster.Record is not { Marker: { Closed: true } closed }
            || assessment.Copies.AreClosedBy(closed)
            || !assessment.Verdict.IsPromotable
            || assessment.Verdict.Copy < CopyState.Current
        )
        {
            return assessment;
        }

        var copies = assessment.Copies;
        await Wait.UntilAsync(
                "the last rows of the former active servers",
                () => (copies = CopyAccess.ReadBoth(context.Parameters, context.Deadline)).AreClosedBy(closed),
                Deadline.After(ArrivalTimeout).Earlier(context.Deadline),
                context.Log
            )
            .ConfigureAwait(false);
        return assessment.With(copies);
    }

    private static async Task<Outcome> PromoteAsync(AgentContext context, Assessment assessment, IEnumerable<string> others, bool isActive)
    {
        var latest = assessment.Cluster.Latest;
        var marker = NextPromotion.For(
            assessment.Copies,
            latest,
            context.Me.AttributeHost,
            DateTimeOffset.UtcNow,
            Guid.NewGuid(),
            isActive,
            context.History.Recorded
        );
        var isNew = latest?.Marker.Id != marker.Id;
        var record = !isNew
            ? latest!
            : new PromotionRecord(marker)
            {
                Previous = latest?.Marker.Id,
                Complete = NextPromotion.IsComplete(assessment.Copies, assessment.Cluster.Record, context.Me.AttributeHost, BootId.Current),
                Boot = BootId.Current,
                Address = context.Topology.OwnAddress,
                Northbound = assessment.Copies.Northbound.Schema,
                Southbound = assessment.Copies.Southbound.Schema,
            };

        // The data first: a promotion that ends here was seen by nobody, and any other copy may still be promoted.
        var promoted = await context.BothAsync(server => OpenAsync(context, server, marker)).ConfigureAwait(false);
        if (!promoted.IsDone)
        {
            context.FailedPromotions.Add(assessment.Cluster.Record?.Marker.Id);
            return promoted;
        }

        context.FailedPromotions.Forget();
        var writing = context.History.WriteAsync(record);
        var score = context.SetScoreAsync(PromotionScores.Active);
        var overridden =
            assessment.Verdict.Promotability == Promotability.Overridden ? context.CopyAttributes.EndOverrideAsync() : Task.CompletedTask;

        // What an earlier one did is not held against the one that starts now.
        context.NorthdIdleness.Note(isIdle: false);
        var northd = context.Northd.StartAsync(context.Deadline);
        if (isNew)
        {
            ActiveDuties.ExpectBackups(context, record, others);
        }
        else
        {
            ActiveDuties.ExpectEverybody(context);
        }

        await Task.WhenAll(score, overridden).ConfigureAwait(false);
        var written = await writing.ConfigureAwait(false);
        if ((await northd.ConfigureAwait(false)).Problem is { } problem)
        {
            // It would not start on another node either, and the databases serve without it. The next monitor tries again.
            context.Log.Warning($"promoted without ovn-northd: {problem}");
        }

        if (!written.IsDone)
        {
            return written;
        }

        foreach (var server in context.Servers)
        {
            // Whatever was written here before is the cluster's now.
            new UnsavedNote(DatabaseFile.Find(context.Parameters, server.Database)).Delete();
        }

        context.Log.Info($"promotion {marker.Number}: NB and SB databases on {marker.Node} are active, {Describe(assessment, record)}");
        return written;
    }

    private static async Task<Outcome> OpenAsync(AgentContext context, DatabaseServer server, PromotionMarker marker)
    {
        new PromotionNote(DatabaseFile.Find(context.Parameters, server.Database)).Open(marker);
        var promoted = await server.PromoteAsync(context.Deadline).ConfigureAwait(false);
        if (!promoted.IsDone)
        {
            return promoted;
        }

        var marked = await Task.Run(() => new CopyAccess(context.Parameters, server.Database).WriteMarker(marker, context.Deadline))
            .ConfigureAwait(false);
        if (!marked.IsDone)
        {
            return marked;
        }

        // Before backups come: a listener that is changed loses those that have.
        var connections = context.ConnectionsOf(server);
        var ensured = await Task.Run(() => connections.Ensure(server.Listeners.OfAgent(), context.Deadline)).ConfigureAwait(false);
        return server.Listeners.AlignActive(connections, ensured, context.Deadline);
    }

    private static string Describe(Assessment assessment, PromotionRecord record) =>
        assessment.Verdict.Copy switch
        {
            CopyState.Current or CopyState.Complete when record.Complete =>
                "with everything that was acknowledged before: the copy holds the closing marker",
            CopyState.LastActive => "with their own data",
            CopyState.Current or CopyState.Complete =>
                "with all that had been replicated; what the former active servers had not sent yet is in their files",
            CopyState.New => "and new",
            CopyState.Unverified => "with the data that was here",
            _ => "though data is missing: this was allowed",
        };
}
