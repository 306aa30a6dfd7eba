using OvndbOcf.Simulation.Status;

namespace OvndbOcf.Simulation;

/// <summary>A cluster did not come into the state that was waited for. The message shows the last status.</summary>
public sealed class ClusterWaitException : TimeoutException
{
    internal ClusterWaitException(string description, TimeSpan timeout, ClusterStatus? last, Exception? failure)
        : base($"not within {timeout.TotalSeconds:0.#} s: {description}\n{last?.ToString() ?? "no node told its status"}", failure)
    {
        LastStatus = last;
    }

    /// <summary>The last status that any node told; null if none did.</summary>
    public ClusterStatus? LastStatus { get; }
}
