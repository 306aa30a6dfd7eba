using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>monitor, status and the probe: tells Pacemaker what this instance is.</summary>
/// <param name="scope">The action.</param>
/// <param name="parameters">The parameters.</param>
/// <param name="cached">What the last monitor found.</param>
/// <param name="thorough">Makes the monitor that looks at everything: seldom needed.</param>
internal sealed class MonitorAction(ActionScope scope, AgentParameters parameters, CachedMonitor cached, Func<ThoroughMonitor> thorough)
{
    // The rest is for northd and for the score.
    private const double ShareForAsking = 0.7;

    /// <summary>The instance's state as an exit code; for failures with a reason.</summary>
    public async Task<ActionResult> RunAsync()
    {
        var environment = scope.Environment;
        var expectation = Expectation.Of(
            environment.IsProbe,
            environment.Meta("role"),
            environment.Meta("op_target_rc"),
            environment.IsRunByPacemaker
        );
        using var inquiry = new ServerInquiry(parameters);
        // Everything else is looked at while the servers think.
        var steady = cached.Recall(expectation.Role);
        var answers = inquiry.Await(scope.Deadline.Share(ShareForAsking));
        return steady is { } recollection && cached.Agrees(recollection, answers)
            ? new ActionResult(ExpectedInstance.CodeOf(expectation.Role))
            : await thorough().RunAsync(expectation, answers).ConfigureAwait(false);
    }
}
