using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Actions;

/// <summary>monitor, status and the probe: tells Pacemaker what this instance is, and restarts northd alone where it died beside active servers.</summary>
public static class MonitorAction
{
    // The rest is for northd and for the score.
    private const double ShareForAsking = 0.7;

    /// <summary>The instance's state as an exit code; for failures with a reason.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        var expected = Expectation.Of(context.Environment);
        var servers = context.Observer.Observe(Deadline.After(context.Deadline.Remaining * ShareForAsking));
        servers = new ServerPair(
            ReplicationLink.Verify(servers.Northbound, context.Parameters, context.Parameters.Northbound),
            ReplicationLink.Verify(servers.Southbound, context.Parameters, context.Parameters.Southbound));
        var northd = context.Northd.Observe();
        var lasts = context.Disconnection.Note(InstanceEvaluator.IsCutOff(servers.Northbound) || InstanceEvaluator.IsCutOff(servers.Southbound));
        var state = InstanceEvaluator.Evaluate(servers.Northbound, servers.Southbound, northd, expected, lasts);
        var northdOutcome = Outcome.Done;
        if (state == InstanceState.PromotedWithoutNorthd && expected == ExpectedRole.Promoted)
        {
            context.Log.Warning($"ovn-northd is {northd}; starting it again, the databases are not affected");
            northdOutcome = await context.Northd.StartAsync(context.Deadline).ConfigureAwait(false);
            northd = context.Northd.Observe();
            state = InstanceEvaluator.Evaluate(servers.Northbound, servers.Southbound, northd, expected);
        }

        if (state != InstanceState.Stopped || expected != ExpectedRole.Unknown)
        {
            await context.UpdateScoreAsync(state, servers).ConfigureAwait(false);
        }

        var usesDegraded = context.Environment.TakesDegraded && context.Parameters.ReportDegraded;
        var code = InstanceEvaluator.MonitorCode(state, servers.Northbound, servers.Southbound, expected, usesDegraded);
        var reason = Reasons.Of(state, servers, northd, expected, northdOutcome);
        if (reason is null || code is not (OcfExitCode.Success or OcfExitCode.Promoted))
        {
            return new ActionResult(code, reason);
        }

        context.Log.Warning(reason);
        return new ActionResult(code);
    }
}
