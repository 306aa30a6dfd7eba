using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Timing;
using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>The monitor that looks at everything: restarts northd alone where it died beside active servers, and sees to it that cluster and servers are as they should be.</summary>
internal sealed class ThoroughMonitor(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    INorthd northd,
    ResourceMemory memory,
    CachedMonitor cached,
    PromotionHistory history,
    CopyAttributes attributes,
    Neighbours neighbours,
    Isolation isolation,
    RunningParameters running,
    Precautions precautions,
    AddressArrival arrival,
    NorthdDuties northdDuties,
    StateReporter reporter
)
{
    /// <summary>The instance's state as an exit code; for failures with a reason.</summary>
    /// <param name="expectation">What Pacemaker expects.</param>
    /// <param name="answers">What the servers said.</param>
    public async Task<ActionResult> RunAsync(Expectation expectation, ServerAnswers answers)
    {
        if (await neighbours.FindOwnerAsync().ConfigureAwait(false) is { } owner)
        {
            var whose = $"the servers in {parameters.Directories.Run} belong to resource {owner}; nothing of this resource runs";
            scope.Log.Info(whose);
            return new ActionResult(OcfExitCode.NotRunning, expectation.Role == ExpectedRole.Unknown ? null : whose);
        }

        var seen = answers.Verify();
        var expected = expectation.Given(seen);
        var busy = seen.Northbound.State == ServerState.Busy || seen.Southbound.State == ServerState.Busy;
        if (BusyVerdict.For(seen.Northbound, seen.Southbound, expected, memory.Busy.Update(busy)) is { } asBefore)
        {
            // The next one that gets an answer is thorough, and notes that this is over.
            memory.MonitorCache.Forget();
            precautions.RaiseDescriptorLimits();
            scope.Log.Warning($"{Reasons.Describe(seen)}; busy, not treated as failed");
            return new ActionResult(asBefore);
        }

        // Before anything is read: what changes from here on, the next monitor looks at.
        var activity = ClusterActivity.Find();
        var markers = expected == ExpectedRole.Promoted && seen.AreActive ? MarkerWatch.Take(parameters, scope.Deadline) : null;
        var listeners = ListenerWatch.Take(servers.All.SelectMany(server => server.Listeners.Ends));
        memory.MonitorCache.Forget();
        if (expectation.Role != ExpectedRole.Unknown)
        {
            // Servers of an instance that Pacemaker monitors are its own, whoever started them, and after a crash they are other processes.
            neighbours.NoteOwn();
        }

        if (
            await MustNotBeActiveAsync(seen, expectation).ConfigureAwait(false)
            && await isolation.IfWritableAsync(seen).ConfigureAwait(false) is { } isolated
        )
        {
            return isolated;
        }

        if (ExpectedInstance.Is(seen, expected) && running.Apply(seen) is { } mismatch)
        {
            await attributes.WithdrawAsync().ConfigureAwait(false);
            return new ActionResult(expected == ExpectedRole.Promoted ? OcfExitCode.PromotedFailed : OcfExitCode.GenericError, mismatch);
        }

        var northdState = northd.Observe();
        var cutOff = memory.Disconnection.Update(
            InstanceEvaluator.IsCutOff(seen.Northbound) || InstanceEvaluator.IsCutOff(seen.Southbound)
        );
        var state = InstanceEvaluator.Evaluate(seen.Northbound, seen.Southbound, northdState, expected, cutOff >= Disconnection.Lasting);
        var care = new NorthdCare(northdState, Outcome.Done, IsSettled: true);
        if (expected == ExpectedRole.Promoted && state is (InstanceState.Promoted or InstanceState.PromotedWithoutNorthd))
        {
            care = await northdDuties.PerformAsync().ConfigureAwait(false);
        }

        state = InstanceEvaluator.Evaluate(seen.Northbound, seen.Southbound, care.State, expected, cutOff >= Disconnection.Lasting);
        precautions.Take(state is InstanceState.Promoted or InstanceState.PromotedWithoutNorthd);
        if (expected == ExpectedRole.Promoted)
        {
            arrival.Check();
        }

        var watched = await reporter.ReportAsync(state, seen, expected, cutOff).ConfigureAwait(false);
        var usesDegraded = scope.Environment.TakesDegraded && parameters.ReportDegraded;
        var code = InstanceEvaluator.MonitorCode(state, seen.Northbound, seen.Southbound, expected, usesDegraded);
        var reason = Reasons.Of(state, seen, care.State, expected, care.Outcome.Problem);
        if (reason is null && care.IsSettled && watched is not null && code == ExpectedInstance.CodeOf(expected))
        {
            cached.Note(expected, seen, care.State, watched, markers, listeners, activity);
        }

        if (reason is null || code is not (OcfExitCode.Success or OcfExitCode.Promoted))
        {
            if (reason is not null && expected == ExpectedRole.Promoted && history.Remembered is { } ending)
            {
                // The cluster recovers by a promotion, here or elsewhere, and this is why.
                scope.Log.Info($"{PromotionStory.EndOf(ending.Marker)}: {reason}");
            }

            return new ActionResult(code, reason);
        }

        scope.Log.Warning(reason);
        return new ActionResult(code);
    }

    private async Task<bool> MustNotBeActiveAsync(ServerPair seen, Expectation expectation)
    {
        if (!seen.HasActive)
        {
            return false;
        }

        var cluster = expectation.DependsOnRecord ? await history.ReadAsync().ConfigureAwait(false) : ClusterKnowledge.Unreadable;
        return expectation.ForbidsActive(cluster, scope.Me.AttributeHost);
    }
}
