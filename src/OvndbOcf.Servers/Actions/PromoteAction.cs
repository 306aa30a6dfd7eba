using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Decisions;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Actions;

/// <summary>promote: both servers take writes, clients get in, northd runs, and the cluster knows who is active.</summary>
public static class PromoteAction
{
    /// <summary>Success once all of that was seen to be so. Safe to repeat at any point.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        if (ConfigurationCheck.BeforeStart(context) is { } wrong)
        {
            return wrong;
        }

        var servers = context.Observer.Observe(Deadline.After(context.Deadline.Remaining * 0.3));
        switch (InstanceEvaluator.Evaluate(servers.Northbound, servers.Southbound, NorthdState.NotManaged, ExpectedRole.Unpromoted))
        {
            case InstanceState.Stopped:
                return new ActionResult(OcfExitCode.NotRunning, "NB and SB database servers are not running, so they cannot be promoted");

            case InstanceState.Failed:
                await context.SetScoreAsync(null).ConfigureAwait(false);
                return ActionResult.Error($"cannot promote: {Reasons.Describe(servers)}");
        }

        var outcome = await PromoteAsync(context).ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            // Another node shall have its turn.
            await context.SetScoreAsync(null).ConfigureAwait(false);
            return ActionResult.Error($"promotion failed: {outcome.Problem}");
        }

        context.Log.Info($"promoted: NB and SB databases on {context.Me.AttributeHost} are active");
        return ActionResult.Success;
    }

    private static async Task<Outcome> PromoteAsync(AgentContext context)
    {
        var promoted = await context.BothAsync(server => server.PromoteAsync(context.Deadline)).ConfigureAwait(false);
        if (!promoted.IsDone)
        {
            return promoted;
        }

        var record = context.RecordActiveAsync();
        var score = context.SetScoreAsync(PromotionScores.Active);
        var northd = context.Northd.StartAsync(context.Deadline);
        var connections = await context.BothAsync(
            server => Task.Run(() => new ClientConnections(context.Parameters, server.Database, context.Log).Ensure(context.Deadline))).ConfigureAwait(false);
        await Task.WhenAll(record, score).ConfigureAwait(false);
        return Outcome.All(connections, await northd.ConfigureAwait(false));
    }
}
