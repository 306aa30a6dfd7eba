using OvndbOcf.Ctl.Judging;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;

namespace OvndbOcf.Ctl.Metrics;

/// <summary>Whence metrics have what they tell, and whether that could be read: where not, samples are missing. Pure.</summary>
internal static class Sources
{
    /// <summary>Pacemaker's answer about the configuration; without it that of its file is taken.</summary>
    public const string Configuration = "configuration";

    private static readonly OvnDatabase[] Databases = [OvnDatabase.Northbound, OvnDatabase.Southbound];

    /// <summary>The sources, and whether each could be read.</summary>
    public static IEnumerable<(string Name, bool IsReadable)> Of(ClusterFacts facts) =>
        [
            (Configuration, facts.IsLive),
            ("status", facts.Status is not null),
            ("attributes", facts.Published is not null),
            ("servers", facts.Local is { } local && Databases.All(database => IsClear(local.Servers.Of(database)))),
            ("databases", facts.Local is { } copies && Databases.All(database => IsRead(copies, database))),
            (
                "files",
                facts.Local is { } files && Databases.All(database => files.FilesOf(database) is { Bytes: not null, SetAside: not null })
            ),
        ];

    private static bool IsClear(ServerObservation server) => server.State is not (ServerState.Busy or ServerState.Unclear);

    // Where no server answers there is nothing to be read.
    private static bool IsRead(LocalFacts local, OvnDatabase database) =>
        !local.Servers.Of(database).IsResponsive || local.Copies.Of(database).IsReadable;
}
