using OvndbOcf.Decisions.Northd;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers when ovn-northd had to be started again, for <see cref="RestartHistory"/>.
/// The databases stay where they are whatever that says: what makes it die is mostly in them, and would make it die on every node.
/// </summary>
internal sealed class NorthdRestarts(StateFile file)
{
    /// <summary>Whether there were many lately.</summary>
    public bool AreMany => RestartHistory.AreMany(file.Read(), Environment.TickCount64);

    /// <summary>Notes one. Where that is not possible, northd is started again all the same, and nobody is told that it was not the first time.</summary>
    public void Note() => file.Write(RestartHistory.Add(file.Read(), Environment.TickCount64));
}
