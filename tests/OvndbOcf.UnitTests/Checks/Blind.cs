using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Topology;

namespace OvndbOcf.UnitTests.Checks;

/// <summary>A cluster of which nothing is known but its configuration.</summary>
internal static class Blind
{
    private const string Why = "nobody looked";

    public static CheckedCluster Of(CheckedCluster cluster) =>
        cluster with
        {
            State = Fact<ClusterState>.Unknown(Why),
            AgentVersions = Fact<IReadOnlyDictionary<string, string>>.Unknown(Why),
            Node = new NodeFacts
            {
                Now = cluster.Node.Now,
                AgentPath = cluster.Node.AgentPath,
                NorthdFile = cluster.Node.NorthdFile,
                Addresses = Fact<NodeAddresses>.Unknown(Why),
                Disk = Fact<DatabaseDisk>.Unknown(Why),
                Databases =
                [
                    .. cluster.Node.Databases.Select(database => new DatabaseFacts
                    {
                        Parameters = database.Parameters,
                        Path = database.Path,
                        ControlSocket = database.ControlSocket,
                        Socket = database.Socket,
                    }),
                ],
            },
        };
}
