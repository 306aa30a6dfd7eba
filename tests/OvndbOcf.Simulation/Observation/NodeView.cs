using System.Globalization;
using OvndbOcf.Ovsdb.Synchronization;

namespace OvndbOcf.Simulation.Observation;

/// <summary>One database's server on one node, as it answered itself.</summary>
/// <param name="Said">Its answer to <c>sync-status</c>, or what ovn-appctl said instead.</param>
/// <param name="Status">The same, understood.</param>
/// <param name="Processes">The pid and start time of each process that was started with its control socket; it should be one.</param>
/// <param name="Rows">The names in the writers' table of its own copy; null if it cannot be read.</param>
public sealed record ServerView(string Said, DatabaseSyncStatus Status, IReadOnlyList<string> Processes, IReadOnlySet<string>? Rows)
{
    /// <summary>The only process, told apart from later ones with the same pid; null if there are none or several.</summary>
    public string? Process => Processes is [var only] ? only : null;

    /// <summary>The pid of the only process.</summary>
    /// <exception cref="InvalidOperationException">There are none or several.</exception>
    public int Pid =>
        Process is { } process
            ? int.Parse(process.Split(' ')[0], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{Processes.Count} processes instead of one");
}

/// <summary>What was found on one node, without asking Pacemaker.</summary>
/// <param name="Name">The node.</param>
/// <param name="Answers">Whether commands run there; false if it is off, and then nothing else is known.</param>
/// <param name="Northbound">Its Northbound server.</param>
/// <param name="Southbound">Its Southbound server.</param>
/// <param name="NorthdProcesses">The pids of ovn-northd, that of its monitor process included, but none that is stopped.</param>
/// <param name="HasAddress">Whether an interface has the address that clients connect to.</param>
public sealed record NodeView(
    string Name,
    bool Answers,
    ServerView Northbound,
    ServerView Southbound,
    IReadOnlyList<int> NorthdProcesses,
    bool HasAddress
);
