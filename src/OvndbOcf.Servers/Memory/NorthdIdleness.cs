namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers since when ovn-northd has been running without working, and whether it was started anew because of that.
/// </summary>
internal sealed class NorthdIdleness(ConditionTimer since, StateFile restarted)
{
    /// <summary>Whether it was started anew since it last worked.</summary>
    public bool WasRestarted => restarted.Exists;

    /// <summary>Notes what was seen now; for how long it has been idle, since its start if it was started anew.</summary>
    public TimeSpan Note(bool isIdle)
    {
        if (!isIdle)
        {
            restarted.Delete();
        }

        return since.Update(isIdle);
    }

    /// <summary>Notes that it is about to be started anew. False if that cannot be noted: it would be started anew at each monitor.</summary>
    public bool TryNoteRestart()
    {
        since.Update(holds: false);
        return restarted.Write("restarted");
    }
}
