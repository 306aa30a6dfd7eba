using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Timing;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Caching;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>monitor, status and the probe: tells Pacemaker what this instance is, and restarts northd alone where it died beside active servers.</summary>
public static class MonitorAction
{
    // The rest is for northd and for the score.
    private const double ShareForAsking = 0.7;

    /// <summary>The instance's state as an exit code; for failures with a reason.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        var environment = context.Environment;
        var expectation = Expectation.Of(
            environment.IsProbe,
            environment.Meta("role"),
            environment.Meta("op_target_rc"),
            environment.IsRunByPacemaker
        );
        var expected = expectation.Role;
        using var inquiry = new ServerInquiry(context.Parameters);
        // Everything else is looked at while the servers think.
        var steady = CachedMonitor.Recall(context, expected);
        var answers = inquiry.Await(Deadline.After(context.Deadline.Remaining * ShareForAsking));
        if (steady?.AgreesWith(answers, context) == true)
        {
            return new ActionResult(ExpectedInstance.CodeOf(expected));
        }

        if (await context.Neighbours.FindOwnerAsync().ConfigureAwait(false) is { } owner)
        {
            var whose = $"the servers in {context.Parameters.Directories.Run} belong to resource {owner}; nothing of this resource runs";
            context.Log.Info(whose);
            return new ActionResult(OcfExitCode.NotRunning, expectation.Role == ExpectedRole.Unknown ? null : whose);
        }

        var servers = answers.Verify();
        expected = expectation.Given(servers);
        var busy = servers.Northbound.State == ServerState.Busy || servers.Southbound.State == ServerState.Busy;
        if (BusyVerdict.For(servers.Northbound, servers.Southbound, expected, context.Busy.Update(busy)) is { } asBefore)
        {
            // The next one that gets an answer is thorough, and notes that this is over.
            context.MonitorCache.Forget();
            Precautions.RaiseDescriptorLimits(context);
            context.Log.Warning($"{Reasons.Describe(servers)}; busy, not treated as failed");
            return new ActionResult(asBefore);
        }

        // Before anything is read: what changes from here on, the next monitor looks at.
        var activity = ClusterActivity.Find();
        var markers =
            expected == ExpectedRole.Promoted && servers.AreActive ? MarkerWatch.Take(context.Parameters, context.Deadline) : null;
        var listeners = ListenerWatch.Take(context.Servers.SelectMany(server => server.Listeners.Ends));
        context.MonitorCache.Forget();
        if (expectation.Role != ExpectedRole.Unknown)
        {
            // Servers of an instance that Pacemaker monitors are its own, whoever started them, and after a crash they are other processes.
            context.Neighbours.NoteOwn();
        }

        if (
            await MustNotBeActiveAsync(context, servers, expectation).ConfigureAwait(false)
            && await Isolation.IfWritableAsync(context, servers).ConfigureAwait(false) is { } isolated
        )
        {
            return isolated;
        }

        if (ExpectedInstance.Is(servers, expected) && RunningParameters.Apply(context, servers) is { } mismatch)
        {
            await context.CopyAttributes.WithdrawAsync().ConfigureAwait(false);
            return new ActionResult(expected == ExpectedRole.Promoted ? OcfExitCode.PromotedFailed : OcfExitCode.GenericError, mismatch);
        }

        var northd = context.Northd.Observe();
        var cutOff = context.Disconnection.Update(
            InstanceEvaluator.IsCutOff(servers.Northbound) || InstanceEvaluator.IsCutOff(servers.Southbound)
        );
        var state = InstanceEvaluator.Evaluate(servers.Northbound, servers.Southbound, northd, expected, cutOff >= Disconnection.Lasting);
        var care = new NorthdCare(northd, Outcome.Done, IsSettled: true);
        if (expected == ExpectedRole.Promoted && state is (InstanceState.Promoted or InstanceState.PromotedWithoutNorthd))
        {
            care = await NorthdDuties.PerformAsync(context).ConfigureAwait(false);
        }

        state = InstanceEvaluator.Evaluate(servers.Northbound, servers.Southbound, care.State, expected, cutOff >= Disconnection.Lasting);
        Precautions.Take(context, state is InstanceState.Promoted or InstanceState.PromotedWithoutNorthd);
        if (expected == ExpectedRole.Promoted)
        {
            AddressArrival.Check(context);
        }

        var watched = await ReportAsync(context, state, servers, expected, cutOff).ConfigureAwait(false);
        var usesDegraded = context.Environment.TakesDegraded && context.Parameters.ReportDegraded;
        var code = InstanceEvaluator.MonitorCode(state, servers.Northbound, servers.Southbound, expected, usesDegraded);
        var reason = Reasons.Of(state, servers, care.State, expected, care.Outcome.Problem);
        if (reason is null && care.IsSettled && watched is not null && code == ExpectedInstance.CodeOf(expected))
        {
            CachedMonitor.Note(context, expected, servers, care.State, watched, markers, listeners, activity);
        }

        if (reason is null || code is not (OcfExitCode.Success or OcfExitCode.Promoted))
        {
            return new ActionResult(code, reason);
        }

        context.Log.Warning(reason);
        return new ActionResult(code);
    }

    private static async Task<bool> MustNotBeActiveAsync(AgentContext context, ServerPair servers, Expectation expectation)
    {
        if (!servers.HasActive)
        {
            return false;
        }

        var cluster = expectation.DependsOnRecord ? await context.History.ReadAsync().ConfigureAwait(false) : ClusterKnowledge.Unreadable;
        return expectation.ForbidsActive(cluster, context.Me.AttributeHost);
    }

    /// <summary>Tells the cluster; the connections on which it depends that nothing more has to be told, null if something may have to be.</summary>
    private static async Task<IReadOnlyList<WatchedConnection>?> ReportAsync(
        AgentContext context,
        InstanceState state,
        ServerPair servers,
        ExpectedRole expected,
        TimeSpan cutOff
    )
    {
        switch (state)
        {
            case InstanceState.Promoted or InstanceState.PromotedWithoutNorthd:
                if (expected == ExpectedRole.Promoted)
                {
                    return await ActiveDuties.PerformAsync(context).ConfigureAwait(false);
                }

                await context.SetScoreAsync(PromotionScores.Active).ConfigureAwait(false);
                return null;

            case InstanceState.Unpromoted
            or InstanceState.UnpromotedDegraded:
                var assessment = await BackupDuties.ReportAsync(context, servers, cutOff).ConfigureAwait(false);
                var followed =
                    expected == ExpectedRole.Unpromoted
                        ? await BackupDuties.FollowIfMissedAsync(context, servers, assessment).ConfigureAwait(false)
                        : Outcome.Done;
                if (!followed.IsDone)
                {
                    context.Log.Warning(followed.Problem!);
                }

                return BackupDuties.Watched(servers, assessment);

            case InstanceState.Stopped when expected == ExpectedRole.Unknown:
                return null;

            case var _ when expected == ExpectedRole.Promoted:
                // Without its score the promotion would be moved as if somebody had asked for it, before Pacemaker learns of the failure: to a backup that may lack the last rows. The
                // failure that is about to be returned leads to a stop, which takes the score away.
                await context.CopyAttributes.WithdrawAsync().ConfigureAwait(false);
                return null;

            default:
                // Nothing that anybody could count on, and no failure on the way to saying so may hide the state.
                await Task.WhenAll(context.SetScoreAsync(null), context.CopyAttributes.WithdrawAsync()).ConfigureAwait(false);
                return null;
        }
    }
}
