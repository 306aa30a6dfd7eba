using OvndbOcf.Decisions.Databases;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Files of clustered databases (Raft) in the place of standalone ones, as after a change from OVN's own clustering to Pacemaker. A server takes them, and in active/backup mode
/// does harm with them: OVS 3.1 lets a backup reset the data of all members, and OVS 3.5 crashes. So no server is started with one, nor given a role.
/// </summary>
internal static class ClusteredFiles
{
    /// <summary>Why no server of this node may be started or get another role; null if none of the files is clustered.</summary>
    public static string? FindRefusal(AgentParameters parameters)
    {
        var refusals = new List<string>();
        foreach (var database in parameters.Databases)
        {
            var path = DatabaseFile.Find(parameters, database);
            if (DatabaseFileCheck.IsClustered(path))
            {
                refusals.Add(Refusal(database, path));
            }
        }

        return refusals.Count == 0 ? null : string.Join("; ", refusals);
    }

    /// <summary>Says so of one file, with what to do.</summary>
    public static string Refusal(DatabaseParameters database, string path) =>
        $"{database.Label}: {path} belongs to a RAFT cluster; convert the file: ovsdb-tool cluster-to-standalone {path}.new {path}, then rename {path}.new to {path}";
}
