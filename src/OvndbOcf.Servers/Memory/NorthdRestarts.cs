using OvndbOcf.Decisions.Northd;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers when ovn-northd had to be started again, for <see cref="RestartHistory"/>.
/// The databases stay where they are whatever that says: what makes it die is mostly in them, and would make it die on every node.
/// The file lies where resource agents keep their run-time state, so a reboot clears it.
/// </summary>
public sealed class NorthdRestarts
{
    private readonly StateFile _file;

    /// <summary>The record of one resource.</summary>
    /// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
    /// <param name="resource">The resource's name.</param>
    public NorthdRestarts(string directory, string resource) => _file = new StateFile(directory, resource, "northd");

    /// <summary>Whether there were many lately.</summary>
    public bool AreMany => RestartHistory.AreMany(_file.Read(), Environment.TickCount64);

    /// <summary>Notes one. Where that is not possible, northd is started again all the same, and nobody is told that it was not the first time.</summary>
    public void Note() => _file.Write(RestartHistory.Add(_file.Read(), Environment.TickCount64));
}
