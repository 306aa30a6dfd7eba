using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.Decisions.Neighbours;

/// <summary>What a resource of this agent takes of a node.</summary>
/// <param name="Run">The directory of its pid files and sockets, an absolute path like the others.</param>
/// <param name="Database">The directory of its database files; null where that of ovn-ctl counts.</param>
/// <param name="SystemConfiguration">The directory above <c>ovn/</c> with its configuration files; null where that of ovn-ctl counts.</param>
/// <param name="Databases">Both databases.</param>
public sealed record Deployment(string Run, string? Database, string? SystemConfiguration, IReadOnlyList<DatabaseParameters> Databases);

/// <summary>What two resources of this agent have in common that only one may have on a node. Pure.</summary>
public static class DeploymentOverlap
{
    // Where ovn-ctl keeps these unless told otherwise.
    private const string UsualDatabases = "/var/lib/ovn";
    private const string UsualConfiguration = "/etc";

    /// <summary>The parameters that name the same place; empty if the two can run side by side.</summary>
    public static IReadOnlyList<string> Of(Deployment first, Deployment second)
    {
        List<string> shared = [];
        Add("ovn_rundir", Plain(first.Run) == Plain(second.Run));
        Add("ovn_dbdir", DatabasesOf(first) == DatabasesOf(second));
        Add("ovn_sysconfdir", ConfigurationOf(first) == ConfigurationOf(second));
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
        var plain = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory, "/"));
        return plain == "/var/run" || plain.StartsWith("/var/run/", StringComparison.Ordinal) ? plain["/var".Length..] : plain;
    }

    private static string DatabasesOf(Deployment deployment) =>
        Plain(
            deployment.Database
                ?? (deployment.SystemConfiguration is { } configuration ? Path.Combine(configuration, "ovn") : UsualDatabases)
        );

    private static string ConfigurationOf(Deployment deployment) => Plain(deployment.SystemConfiguration ?? UsualConfiguration);
}
