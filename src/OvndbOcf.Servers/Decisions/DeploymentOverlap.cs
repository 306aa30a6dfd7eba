using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Decisions;

/// <summary>What two resources of this agent have in common that only one may have on a node. Pure.</summary>
public static class DeploymentOverlap
{
    // Where ovn-ctl keeps these unless told otherwise.
    private const string UsualDatabases = "/var/lib/ovn";
    private const string UsualConfiguration = "/etc";

    /// <summary>The parameters that name the same place; empty if the two can run side by side.</summary>
    public static IReadOnlyList<string> Of(AgentParameters first, AgentParameters second)
    {
        List<string> shared = [];
        Add("ovn_rundir", Plain(first.Directories.Run) == Plain(second.Directories.Run));
        Add("ovn_dbdir", DatabasesOf(first.Directories) == DatabasesOf(second.Directories));
        Add("ovn_sysconfdir", ConfigurationOf(first.Directories) == ConfigurationOf(second.Directories));
        foreach (var database in first.Databases)
        {
            Add($"{database.Prefix}_master_port", second.Databases.Any(other => other.Port == database.Port));
        }

        return shared;

        void Add(string parameter, bool isShared)
        {
            if (isShared)
            {
                shared.Add(parameter);
            }
        }
    }

    /// <summary>A directory in the one spelling of many: /var/run is a link to /run.</summary>
    public static string Plain(string directory)
    {
        var plain = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        return plain == "/var/run" || plain.StartsWith("/var/run/", StringComparison.Ordinal) ? plain["/var".Length..] : plain;
    }

    private static string DatabasesOf(OvnDirectories directories) => Plain(
        directories.Database ?? (directories.SystemConfiguration is { } configuration ? Path.Combine(configuration, "ovn") : UsualDatabases));

    private static string ConfigurationOf(OvnDirectories directories) => Plain(directories.SystemConfiguration ?? UsualConfiguration);
}
