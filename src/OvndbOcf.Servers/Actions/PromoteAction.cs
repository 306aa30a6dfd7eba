using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Decisions;
using OvndbOcf.Servers.Freshness;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Actions;

/// <summary>promote: both servers take writes, the data and the cluster know of the promotion, clients get in, northd runs.</summary>
public static class PromoteAction
{
    // A closing marker that was sent is on its way between two machines of one network.
    private static readonly TimeSpan LongestArrival = TimeSpan.FromSeconds(3);

    /// <summary>Success once all of that was seen to be so. Safe to repeat at any point.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        if (ConfigurationCheck.BeforeStart(context) is { } wrong)
        {
            return wrong;
        }

        var servers = context.Observer.Observe(context.PatientDeadline);
        var state = InstanceEvaluator.Evaluate(servers.Northbound, servers.Southbound, NorthdState.NotManaged, ExpectedRole.Unpromoted);
        switch (state)
        {
            case InstanceState.Stopped:
                return new ActionResult(OcfExitCode.NotRunning, "NB and SB database servers are not running, so they cannot be promoted");

            case InstanceState.Failed:
                await context.SetScoreAsync(null).ConfigureAwait(false);
                return ActionResult.Error($"cannot promote: {Reasons.Describe(servers)}");
        }

        var claims = context.Notice.ReadClaimsAsync();
        var (refusal, assessment) = await MayAsync(context, claims).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var others = (await claims.ConfigureAwait(false)).Select(claim => claim.Node).Where(node => node != context.Me.AttributeHost);
        AddressArrival.Begin(context);
        var outcome = await PromoteAsync(context, assessment, others, state == InstanceState.Promoted).ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            // Another node shall have its turn.
            await context.SetScoreAsync(null).ConfigureAwait(false);
            return ActionResult.Error($"promotion failed: {outcome.Problem}");
        }

        return ActionResult.Success;
    }

    /// <summary>The last guard: the scores should have kept a copy from being chosen that lacks data, or is not the best one online.</summary>
    private static async Task<(ActionResult? Refusal, Assessment Assessment)> MayAsync(AgentContext context, Task<IReadOnlyList<NodeClaim>> claims)
    {
        var assessment = await Assessment.MakeAsync(context, TimeSpan.Zero).ConfigureAwait(false);
        if (!assessment.Verdict.IsPromotable)
        {
            await context.SetScoreAsync(PromotionScores.Forbidden).ConfigureAwait(false);
            return (ActionResult.Error($"not promoted: {assessment.Advice(context)}"), assessment);
        }

        assessment = await WaitForClosingAsync(context, assessment).ConfigureAwait(false);
        if (PromotionGuard.BetterThan(assessment.Claim(context.Me.AttributeHost, assessment.Copies.LastChange), await claims.ConfigureAwait(false)) is not { } better)
        {
            return (null, assessment);
        }

        var difference = $"{better.Node}, which has a better copy ({better.Copy} against {assessment.Verdict.Copy} here)";
        if (context.Notice.GaveWay(assessment.Cluster.Record))
        {
            // Pacemaker knows of reasons, such as a constraint, why the other one is not to be promoted. What that has more is set aside when it follows.
            context.Log.Warning($"chosen again in place of {difference}; going on");
            return (null, assessment);
        }

        context.Notice.GiveWay(assessment.Cluster.Record);
        await context.SetScoreAsync(PromotionScores.Least).ConfigureAwait(false);
        return (ActionResult.Error($"gave way to {difference}"), assessment);
    }

    /// <summary>Where the last active instance retired as planned, waits for the closing marker, which says that this copy has everything.</summary>
    private static async Task<Assessment> WaitForClosingAsync(AgentContext context, Assessment assessment)
    {
        if (assessment.Cluster.Record is not { Marker: { Closed: true } closed } || assessment.Copies.IsClosed(closed.Id) || assessment.Verdict.Copy < CopyState.Current)
        {
            return assessment;
        }

        var copies = assessment.Copies;
        await Wait.UntilAsync(
            "the last rows of the former active servers",
            () => (copies = CopyAccess.ReadBoth(context.Parameters, context.Deadline)).IsClosed(closed.Id),
            Deadline.After(LongestArrival).Earlier(context.Deadline),
            context.Log).ConfigureAwait(false);
        var state = CopyEvaluator.Evaluate(copies, assessment.Cluster, context.Me.AttributeHost);
        return assessment with { Copies = copies, Verdict = assessment.Verdict with { Copy = state } };
    }

    private static async Task<Outcome> PromoteAsync(AgentContext context, Assessment assessment, IEnumerable<string> others, bool isActive)
    {
        var latest = assessment.Cluster.Latest;
        var marker = NextPromotion.For(assessment.Copies, latest, context.Me.AttributeHost, DateTimeOffset.UtcNow, Guid.NewGuid(), isActive);
        var isNew = latest?.Marker.Id != marker.Id;
        var record = !isNew ? latest! : new PromotionRecord(marker)
        {
            Previous = latest?.Marker.Id,
            Complete = NextPromotion.IsComplete(assessment.Copies, assessment.Cluster.Record, context.Me.AttributeHost, BootId.Current),
            Boot = BootId.Current,
            LastChange = assessment.Cluster.Record is { } before ? assessment.Copies.ReceivedUntil(before.Marker.Id) : null,
            Address = NodeAddress.ForReplication(context.Parameters),
            Northbound = assessment.Copies.Northbound.Schema,
            Southbound = assessment.Copies.Southbound.Schema,
        };

        // The data first: a promotion that ends here was seen by nobody, and any other copy may still be promoted.
        var promoted = await context.BothAsync(server => OpenAsync(context, server, marker)).ConfigureAwait(false);
        if (!promoted.IsDone)
        {
            return promoted;
        }

        var writing = context.History.WriteAsync(record);
        var score = context.SetScoreAsync(PromotionScores.Active);
        var overridden = assessment.Verdict.Copy < CopyState.New ? context.Notice.EndOverrideAsync() : Task.CompletedTask;
        var northd = context.Northd.StartAsync(context.Deadline);
        ActiveDuties.Begin(context, record, others);
        await Task.WhenAll(score, overridden).ConfigureAwait(false);
        var written = await writing.ConfigureAwait(false);
        if (!written.IsDone)
        {
            return Outcome.All(written, await northd.ConfigureAwait(false));
        }

        context.Log.Info($"promotion {marker.Number}: NB and SB databases on {marker.Node} are active, {Describe(assessment, record)}");
        return await northd.ConfigureAwait(false);
    }

    private static async Task<Outcome> OpenAsync(AgentContext context, DatabaseServer server, PromotionMarker marker)
    {
        var promoted = await server.PromoteAsync(context.Deadline).ConfigureAwait(false);
        if (!promoted.IsDone)
        {
            return promoted;
        }

        var marked = await Task.Run(() => new CopyAccess(context.Parameters, server.Database).WriteMarker(marker, context.Deadline)).ConfigureAwait(false);
        if (!marked.IsDone)
        {
            return marked;
        }

        // Before backups come: a listener that is changed loses those that have.
        var connections = await Task.Run(() => new ClientConnections(context.Parameters, server.Database, context.Log).Ensure(context.Deadline)).ConfigureAwait(false);
        if (connections.IsDone && NodeAddress.ReplicationListener(context.Parameters, server.Database) is { } remote)
        {
            return server.Listen(remote, context.Deadline);
        }

        return connections;
    }

    private static string Describe(Assessment assessment, PromotionRecord record) => assessment.Verdict.Copy switch
    {
        CopyState.Current or CopyState.Complete when record.Complete => "with everything that was acknowledged before: the copy holds the closing marker",
        CopyState.LastActive => "with their own data",
        CopyState.Current or CopyState.Complete => "with all that had been replicated; what the former active servers had not sent yet is in their files",
        CopyState.New => "and new",
        CopyState.Unverified => "with the data that was here",
        _ => "though data is missing: this was allowed",
    };
}
