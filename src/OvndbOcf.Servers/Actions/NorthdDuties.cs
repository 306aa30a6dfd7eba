using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>How ovn-northd was left.</summary>
/// <param name="State">What it does.</param>
/// <param name="Outcome">What was done about it, or why that did not help.</param>
/// <param name="IsSettled">Whether nothing is left to look after at the next monitor.</param>
internal sealed record NorthdCare(NorthdState State, Outcome Outcome, bool IsSettled);

/// <summary>
/// Looks after ovn-northd beside the active servers: at thorough monitors only, because the answer takes as long as all else that a steady one does. The databases are not affected by any of it.
/// </summary>
internal static class NorthdDuties
{
    /// <summary>Finds out what it does, and does what <see cref="NorthdCure"/> says.</summary>
    public static async Task<NorthdCare> PerformAsync(AgentContext context)
    {
        var seen = context.Northd.Ask(context.Deadline);
        var idleness = context.NorthdIdleness;
        var lasting = idleness.Note(seen is NorthdState.Paused or NorthdState.Disconnected or NorthdState.Misdirected);
        var care = NorthdCure.For(seen, lasting, idleness.WasRestarted) switch
        {
            NorthdTreatment.None => new NorthdCare(seen, Outcome.Done, IsSettled: true),
            NorthdTreatment.Wait => new NorthdCare(NorthdState.Running, Outcome.Done, IsSettled: false),
            NorthdTreatment.Start => await StartAsync(context, seen).ConfigureAwait(false),
            NorthdTreatment.Resume => Resume(context),
            NorthdTreatment.Restart when idleness.TryNoteRestart() => await RestartAsync(context, seen).ConfigureAwait(false),
            _ => new NorthdCare(seen, Outcome.Failed("a restart did not help; see the log of ovn-northd"), IsSettled: false),
        };
        return care.State == NorthdState.Running && context.NorthdRestarts.AreMany
            ? care with
            {
                State = NorthdState.DiesRepeatedly,
            }
            : care;
    }

    private static async Task<NorthdCare> StartAsync(AgentContext context, NorthdState seen)
    {
        context.Log.Warning($"ovn-northd {Reasons.Describe(seen)}; starting ovn-northd again, the databases are not affected");
        var outcome = await context.Northd.StartAsync(context.Deadline).ConfigureAwait(false);
        context.NorthdRestarts.Note();
        return new NorthdCare(context.Northd.Observe(), outcome, IsSettled: false);
    }

    private static NorthdCare Resume(AgentContext context)
    {
        context.Log.Warning("ovn-northd is paused; resuming ovn-northd: set manage_northd=no to keep ovn-northd paused");
        var outcome = context.Northd.Resume(context.Deadline);
        return new NorthdCare(outcome.IsDone ? context.Northd.Ask(context.Deadline) : NorthdState.Paused, outcome, outcome.IsDone);
    }

    private static async Task<NorthdCare> RestartAsync(AgentContext context, NorthdState seen)
    {
        context.Log.Warning($"ovn-northd {Reasons.Describe(seen)}; restarting ovn-northd once, the databases are not affected");
        var outcome = await context.Northd.RestartAsync(context.Deadline).ConfigureAwait(false);
        return new NorthdCare(context.Northd.Observe(), outcome, IsSettled: false);
    }
}
