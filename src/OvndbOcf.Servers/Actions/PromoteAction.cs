using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>promote: both servers take writes, the data and the cluster know of the promotion, clients get in, and northd was started.</summary>
internal sealed class PromoteAction(
    ActionScope scope,
    BothServers servers,
    ConfigurationCheck configuration,
    PromotionExamination examination,
    RunningParameters running,
    AddressArrival address,
    PromotionSteps steps,
    PromotionScore score
)
{
    /// <summary>Success once all of that was seen to be so. Safe to repeat at any point.</summary>
    public async Task<ActionResult> RunAsync()
    {
        if (configuration.BeforeStart() is { } wrong)
        {
            return wrong;
        }

        var seen = servers.Observe(scope.PatientDeadline);
        var state = InstanceEvaluator.Evaluate(seen.Northbound, seen.Southbound, NorthdState.NotManaged, ExpectedRole.Unpromoted);
        switch (state)
        {
            case InstanceState.Stopped:
                return new ActionResult(
                    OcfExitCode.NotRunning,
                    "NB and SB are not running, so nothing can be promoted here; see their logs"
                );

            case InstanceState.Failed:
                await score.SetAsync(null).ConfigureAwait(false);
                return ActionResult.Error(
                    $"cannot promote: {Reasons.Describe(seen)}; the cluster restarts the instance, see the logs of the servers"
                );
        }

        var found = await examination.ExamineAsync().ConfigureAwait(false);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var assessment = found.Assessment;
        if (state != InstanceState.Promoted)
        {
            var (restarted, converts) = await running.RestartAsync(assessment.Copies).ConfigureAwait(false);
            if (restarted.Problem is { } problem)
            {
                await score.SetAsync(null).ConfigureAwait(false);
                return ActionResult.Error($"promotion failed: {problem}");
            }

            if (converts)
            {
                // The record tells backups which schema to have.
                assessment = assessment with
                {
                    Candidacy = assessment.Candidacy with { Copies = servers.ReadCopies(scope.Deadline) },
                };
            }
        }

        var awaitsAddress = address.StartWaiterIfMissing();
        var outcome = await steps.CarryOutAsync(assessment, found.Others, state == InstanceState.Promoted).ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            // Another node shall have its turn.
            await score.SetAsync(null).ConfigureAwait(false);
            return ActionResult.Error($"promotion failed: {outcome.Problem}");
        }

        if (!awaitsAddress)
        {
            // It was here before: only now do clients find active servers.
            address.StartWaiter();
        }

        return ActionResult.Success;
    }
}
