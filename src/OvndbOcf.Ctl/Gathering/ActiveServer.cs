using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>How the active server of a database is reached from here.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Endpoint">Where it listens; null where only a client with TLS gets in.</param>
/// <param name="Remote">The same in Open vSwitch's words, for its tools.</param>
/// <param name="Tls">The files that those need; null for none.</param>
internal sealed record ActiveServer(string Node, OvsdbEndpoint? Endpoint, string Remote, TlsFiles? Tls)
{
    /// <summary>Over its socket where it is on this node, otherwise through the clients' address.</summary>
    /// <exception cref="CtlException">Nobody is active, or there is no way to it.</exception>
    public static ActiveServer Find(ClusterFacts facts, ClusterView view, DatabaseParameters database)
    {
        var active =
            view.Active
            ?? throw new CtlException(
                view.PacemakerAnswers
                    ? "nobody is active, so there is no database to work with; see ovndbctl why"
                    : "who is active is not known, because Pacemaker does not answer on this node; run this where it does",
                ExitStatus.Refused
            );
        if (view.Nodes.Count(node => node.Role == InstanceRole.Promoted) > 1)
        {
            throw new CtlException("two nodes are promoted; see ovndbctl list", ExitStatus.Refused);
        }

        var parameters = LocalNode.ParametersOf(facts.Resource);
        if (active == facts.LocalNode)
        {
            return facts.Local?.Servers.Of(database.Kind).State == ServerState.Active
                ? Of(active, OvsdbEndpoint.Unix(ServerPaths.Of(parameters.Directories, database).Database))
                : throw new CtlException(
                    $"the {database.Label} server on this node is not active, or cannot be asked; run ovndbctl as root, and see ovndbctl list",
                    ExitStatus.Refused
                );
        }

        if (NodeAddress.Topology(parameters).RemoteOfClients(database) is not { } remote)
        {
            throw new CtlException($"the clients' address is not known; run this on {active}", ExitStatus.Refused);
        }

        return database.Protocol == DatabaseProtocol.Tcp
            ? Of(active, OvsdbEndpoint.Tcp(remote.Address!, remote.Port))
            : new ActiveServer(active, null, remote.ToString(), database.Tls);
    }

    /// <summary>The endpoint.</summary>
    /// <param name="brought">What the node needs, in words, for the command to run there; null where that does not help.</param>
    /// <exception cref="CtlException">It wants TLS.</exception>
    public OvsdbEndpoint Plain(string? brought) =>
        Endpoint
        ?? throw new CtlException(
            "the servers want TLS, which ovndbctl does not speak"
                + (brought is null ? string.Empty : $": copy {brought} to {Node}, and run this there"),
            ExitStatus.Refused
        );

    private static ActiveServer Of(string node, OvsdbEndpoint endpoint) => new(node, endpoint, endpoint.ToString(), null);
}
