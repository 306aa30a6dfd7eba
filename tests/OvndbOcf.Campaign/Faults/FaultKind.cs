using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign.Faults;

/// <summary>A kind of fault.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Class">What may be lost by it, and how long recovery may take.</param>
/// <param name="Inject">Does it.</param>
internal sealed record FaultKind(string Name, FaultClass Class, Func<FaultSite, CancellationToken, Task> Inject)
{
    /// <summary>How long it lasts before <see cref="Undo"/>; zero if it is over at once.</summary>
    public TimeSpan Lasts { get; init; }

    /// <summary>Takes it back, as an operator would or as it passes by itself; null if there is nothing to take back. It has to work whatever became of the node.</summary>
    public Func<FaultSite, CancellationToken, Task>? Undo { get; init; }

    /// <summary>
    /// What has to come true before <see cref="Undo"/>, without anybody's help, and is waited for after <see cref="Lasts"/>. For what the cluster has to bear for good, so that
    /// taking it back must not be what helps. Null if nothing has to.
    /// </summary>
    public Expectation? Meanwhile { get; init; }

    /// <summary>Whether it puts the data back to what they were when it began: rows acknowledged between its begin and its end are then gone as an operator wanted it.</summary>
    public bool PutsDataBack { get; init; }

    /// <summary>Whether it has several steps with pauses between them: it has passed when the last one is done, not at once.</summary>
    public bool InSteps { get; init; }

    /// <summary>Whether it never comes with another one at once, which would change what it is judged by.</summary>
    public bool Alone { get; init; }

    /// <summary>The only node that it makes sense for; null if any will do.</summary>
    public FaultTarget? Only { get; init; }
}
