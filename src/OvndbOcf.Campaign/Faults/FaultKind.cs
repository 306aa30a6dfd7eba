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

    /// <summary>The only node that it makes sense for; null if any will do.</summary>
    public FaultTarget? Only { get; init; }
}
