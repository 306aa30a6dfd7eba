using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// The servers that ovn-northd is told to connect to, by the options <c>--ovnnb-db</c> and <c>--ovnsb-db</c> (ovn-northd(8)) on its command line or in the file that ovn-ctl puts there:
/// <c>ovn-northd-db-params.conf</c>, which deployments of clustered databases have.
/// </summary>
public static class NorthdTargets
{
    /// <summary>The name of that file.</summary>
    public const string FileName = "ovn-northd-db-params.conf";

    private const string NorthboundOption = "--ovnnb-db";
    private const string SouthboundOption = "--ovnsb-db";

    /// <summary>Its path: ovn-ctl looks for it there.</summary>
    public static string FileIn(OvnDirectories directories) => Path.Combine(directories.SystemConfiguration ?? "/etc", "ovn", FileName);

    /// <summary>
    /// The first option that names servers other than those of this resource, such as <c>--ovnnb-db=tcp:10.0.0.1:6641</c>; null if there is none. Their own are the sockets of this node and the
    /// virtual address. Without an option ovn-northd connects to the sockets of this node.
    /// </summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="topology">Who connects where.</param>
    public static string? Elsewhere(IReadOnlyList<string> arguments, AgentParameters parameters, ClusterTopology topology)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            foreach (
                var (option, database) in ((string, DatabaseParameters)[])
                    [(NorthboundOption, parameters.Northbound), (SouthboundOption, parameters.Southbound)]
            )
            {
                var remotes =
                    arguments[i].StartsWith(option + "=", StringComparison.Ordinal) ? arguments[i][(option.Length + 1)..]
                    : arguments[i] == option && i + 1 < arguments.Count ? arguments[i + 1]
                    : null;
                if (
                    remotes is not null
                    && !remotes
                        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                        .All(remote => IsOurs(remote, database, parameters, topology))
                )
                {
                    return $"{option}={remotes}";
                }
            }
        }

        return null;
    }

    /// <summary>The arguments in the text of the file, as the shell splits them.</summary>
    public static IReadOnlyList<string> Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsOurs(string remote, DatabaseParameters database, AgentParameters parameters, ClusterTopology topology)
    {
        const string Unix = "unix:";
        return remote.StartsWith(Unix, StringComparison.Ordinal)
            ? CanonicalPath.AreSame(remote[Unix.Length..], ServerPaths.Of(parameters.Directories, database).Database)
            : Remote.TryParse(remote) is { } other && other == topology.RemoteOfClients(database);
    }
}
