using OvndbOcf.Decisions.Northd;
using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Control;

/// <summary>ovn-northd on this node, as actions see it.</summary>
internal interface INorthd
{
    /// <summary>What its process is doing: never whether it works, for which <see cref="Ask"/> asks.</summary>
    NorthdState Observe();

    /// <summary>What it is doing, by its process, its command line and what it says itself. Takes no longer than half a second.</summary>
    NorthdState Ask(Deadline deadline);

    /// <summary>Starts it where it is managed, after killing one that cannot react, and returns when it runs.</summary>
    Task<Outcome> StartAsync(Deadline deadline);

    /// <summary>Starts it, after stopping the one that runs, and returns when it runs.</summary>
    Task<Outcome> RestartAsync(Deadline deadline);

    /// <summary>Lets one that somebody paused go on.</summary>
    Outcome Resume(Deadline deadline);

    /// <summary>
    /// Stops it. Where it is not managed, only one that the agent started when it was. If the parameters do not say whether it is managed, it may be ours, and is stopped.
    /// </summary>
    Task<Outcome> StopAsync(Deadline deadline);
}
