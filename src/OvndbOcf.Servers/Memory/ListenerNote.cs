using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Neighbours;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers what the agent made a server listen on, so that it is found when the parameters are other ones. It lies where resource agents keep their run-time state, by run directory: like the server,
/// it does not outlive a boot.
/// </summary>
/// <param name="stateDirectory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
/// <param name="directories">Where the server is.</param>
/// <param name="database">Whose server.</param>
internal sealed class ListenerNote(string stateDirectory, OvnDirectories directories, DatabaseParameters database)
{
    private readonly StateFile _file = new(stateDirectory, DeploymentOverlap.Plain(directories.Run), $"{database.Prefix}-listeners");

    /// <summary>What is noted.</summary>
    public IReadOnlyList<string> Read() =>
        _file.Read()?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Notes these, and nothing else, unless that is noted already.</summary>
    public void Write(IReadOnlyCollection<string> remotes)
    {
        var sorted = remotes.Distinct().Order(StringComparer.Ordinal).ToList();
        if (!sorted.SequenceEqual(Read()))
        {
            _file.Write(string.Join('\n', sorted) + "\n");
        }
    }
}
