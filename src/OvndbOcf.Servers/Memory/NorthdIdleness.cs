namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers since when ovn-northd has been running without working, and whether it was started anew because of that.
/// The files lie where resource agents keep their run-time state, so a reboot clears them.
/// </summary>
public sealed class NorthdIdleness
{
    private readonly ConditionTimer _since;
    private readonly StateFile _restarted;

    /// <summary>The record of one resource.</summary>
    /// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
    /// <param name="resource">The resource's name.</param>
    public NorthdIdleness(string directory, string resource)
    {
        _since = new ConditionTimer(directory, resource, "northd-idle");
        _restarted = new StateFile(directory, resource, "northd-restarted");
    }

    /// <summary>Whether it was started anew since it last worked.</summary>
    public bool WasRestarted => _restarted.Exists;

    /// <summary>Notes what was seen now; for how long it has been idle, since its start if it was started anew.</summary>
    public TimeSpan Note(bool isIdle)
    {
        if (!isIdle)
        {
            _restarted.Delete();
        }

        return _since.Update(isIdle);
    }

    /// <summary>Notes that it is about to be started anew. False if that cannot be noted: it would be started anew at each monitor.</summary>
    public bool TryNoteRestart()
    {
        _since.Update(holds: false);
        return _restarted.Write("restarted");
    }
}
