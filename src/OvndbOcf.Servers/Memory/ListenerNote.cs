namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers what the agent made a server listen on, so that it is found when the parameters are other ones. Like the server, it does not outlive a boot.
/// </summary>
internal sealed class ListenerNote(StateFile file)
{
    /// <summary>What is noted.</summary>
    public IReadOnlyList<string> Read() =>
        file.Read()?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Notes these, and nothing else, unless that is noted already.</summary>
    public void Write(IReadOnlyCollection<string> remotes)
    {
        var sorted = remotes.Distinct().Order(StringComparer.Ordinal).ToList();
        if (!sorted.SequenceEqual(Read()))
        {
            file.Write(string.Join('\n', sorted) + "\n");
        }
    }
}
