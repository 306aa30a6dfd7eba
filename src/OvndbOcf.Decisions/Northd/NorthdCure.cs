namespace OvndbOcf.Decisions.Northd;

/// <summary>What to do about ovn-northd beside active servers.</summary>
public enum NorthdTreatment
{
    /// <summary>It works, or is not the agent's.</summary>
    None,

    /// <summary>Look again at the next monitor.</summary>
    Wait,

    /// <summary>Start it.</summary>
    Start,

    /// <summary>Tell it to go on.</summary>
    Resume,

    /// <summary>Stop it and start it anew.</summary>
    Restart,

    /// <summary>Tell people: the agent has done what it can.</summary>
    Report,
}

/// <summary>Decides what to do about ovn-northd beside active servers. The databases stay where they are in any case. Pure and total.</summary>
public static class NorthdCure
{
    /// <summary>For how long it may be without a connection: it tries again after 1, 2, 4 and 8 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What to do.</summary>
    /// <param name="seen">What it does.</param>
    /// <param name="lasting">For how long it has run without working.</param>
    /// <param name="wasRestarted">Whether it was started anew since it last worked.</param>
    public static NorthdTreatment For(NorthdState seen, TimeSpan lasting, bool wasRestarted) =>
        seen switch
        {
            NorthdState.NotManaged or NorthdState.Running or NorthdState.DiesRepeatedly => NorthdTreatment.None,
            NorthdState.NotRunning or NorthdState.Hung => NorthdTreatment.Start,
            NorthdState.Paused => NorthdTreatment.Resume,
            NorthdState.Disconnected when lasting < Patience => NorthdTreatment.Wait,
            NorthdState.Disconnected or NorthdState.Misdirected when !wasRestarted => NorthdTreatment.Restart,
            _ => NorthdTreatment.Report,
        };
}
