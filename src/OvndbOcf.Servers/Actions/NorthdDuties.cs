using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Servers.Actions;

/// <summary>How ovn-northd was left.</summary>
/// <param name="State">What it does.</param>
/// <param name="Outcome">What was done about it, or why that did not help.</param>
/// <param name="IsSettled">Whether nothing is left to look after at the next monitor.</param>
internal sealed record NorthdCare(NorthdState State, Outcome Outcome, bool IsSettled);

/// <summary>
/// Looks after ovn-northd beside the active servers: at thorough monitors only, because the answer takes as long as all else that a steady one does. The databases are not affected by any of it.
/// </summary>
internal sealed class NorthdDuties(ActionScope scope, INorthd northd, ResourceMemory memory)
{
    /// <summary>Finds out what it does, and does what <see cref="NorthdCure"/> says.</summary>
    public async Task<NorthdCare> PerformAsync()
    {
        var seen = northd.Ask(scope.Deadline);
        var idleness = memory.NorthdIdleness;
        var lasting = idleness.Note(seen is NorthdState.Paused or NorthdState.Disconnected or NorthdState.Misdirected);
        var care = NorthdCure.For(seen, lasting, idleness.WasRestarted) switch
        {
            NorthdTreatment.None => new NorthdCare(seen, Outcome.Done, IsSettled: true),
            NorthdTreatment.Wait => new NorthdCare(NorthdState.Running, Outcome.Done, IsSettled: false),
            NorthdTreatment.Start => await StartAsync(seen).ConfigureAwait(false),
            NorthdTreatment.Resume => Resume(),
            NorthdTreatment.Restart when idleness.TryNoteRestart() => await RestartAsync(seen).ConfigureAwait(false),
            _ => new NorthdCare(seen, Outcome.Failed("a restart did not help; see the log of ovn-northd"), IsSettled: false),
        };
        return care.State == NorthdState.Running && memory.NorthdRestarts.AreMany ? care with { State = NorthdState.DiesRepeatedly } : care;
    }

    private async Task<NorthdCare> StartAsync(NorthdState seen)
    {
        scope.Log.Warning($"ovn-northd {Reasons.Describe(seen)}; starting ovn-northd again, the databases are not affected");
        var outcome = await northd.StartAsync(scope.Deadline).ConfigureAwait(false);
        memory.NorthdRestarts.Note();
        return new NorthdCare(northd.Observe(), outcome, IsSettled: false);
    }

    private NorthdCare Resume()
    {
        scope.Log.Warning("ovn-northd is paused; resuming ovn-northd: set manage_northd=no to keep ovn-northd paused");
        var outcome = northd.Resume(scope.Deadline);
        return new NorthdCare(outcome.IsDone ? northd.Ask(scope.Deadline) : NorthdState.Paused, outcome, outcome.IsDone);
    }

    private async Task<NorthdCare> RestartAsync(NorthdState seen)
    {
        scope.Log.Warning($"ovn-northd {Reasons.Describe(seen)}; restarting ovn-northd once, the databases are not affected");
        var outcome = await northd.RestartAsync(scope.Deadline).ConfigureAwait(false);
        return new NorthdCare(northd.Observe(), outcome, IsSettled: false);
    }
}
