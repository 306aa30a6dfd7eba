using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Servers;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>Looks at a database on this node: its file, its server, its port and its TLS files.</summary>
internal static class DatabaseReader
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    /// <summary>What can be found out.</summary>
    /// <param name="parameters">The parameters of the resource.</param>
    /// <param name="topology">Who connects where, with this node's addresses.</param>
    /// <param name="database">Those of the database.</param>
    /// <param name="isInContainer">Whether the resource runs in containers, whose processes and sockets are others.</param>
    /// <param name="isPromotedElsewhere">Whether another node has the active servers.</param>
    public static DatabaseFacts Read(
        AgentParameters parameters,
        ClusterTopology topology,
        DatabaseParameters database,
        bool isInContainer,
        bool isPromotedElsewhere
    )
    {
        var paths = ServerPaths.Of(parameters.Directories, database);
        var path = DatabaseFile.Find(parameters, database);
        var process = DaemonFinder.FindServer(paths).Daemon;
        var listeners = PortListener.FindAll(database.Port);
        return new DatabaseFacts
        {
            Parameters = database,
            Path = path,
            ControlSocket = paths.Control,
            Socket = paths.Database,
            FileLength = Fact<long?>.Of(DatabaseFile.Length(path)),
            IsClustered = Fact<bool>.Of(DatabaseFileCheck.IsClustered(path)),
            History = Fact<FileHistory?>.Of(FileHistoryReader.Read(path, paths.Control, Deadline.After(AnswerTimeout))),
            OpenFiles = Fact<long?>.Of(process is null ? null : DescriptorLimit.Read(process.Id)),
            Connections = ReadConnections(parameters, topology, database),
            Listeners = Fact<IReadOnlyList<PortListener>>.Of(listeners),
            PortHolder = isInContainer
                ? Fact<string?>.Unknown("who holds the databases' ports: the resource runs in containers")
                : Fact<string?>.Of(FindHolder(topology, database, process, listeners)),
            Tls = Fact<TlsFacts?>.Of(database.Protocol == DatabaseProtocol.Ssl ? ReadTls(database) : null),
            SchemaVersion = ReadSchema(OvsdbEndpoint.Unix(paths.Database), database, $"the schema of the {database.Label} server here"),
            ActiveSchemaVersion = ReadActiveSchema(parameters, database, isPromotedElsewhere),
        };
    }

    private static Fact<IReadOnlyList<ConnectionRow>> ReadConnections(
        AgentParameters parameters,
        ClusterTopology topology,
        DatabaseParameters database
    ) =>
        new ClientConnections(
            parameters,
            topology,
            database,
            new OcfLog(TextWriter.Null, AgentDescription.Name, database.Label, debug: false)
        ).FindRows(Deadline.After(AnswerTimeout))
            is { } rows
            ? Fact<IReadOnlyList<ConnectionRow>>.Of(rows)
            : Fact<IReadOnlyList<ConnectionRow>>.Unknown($"the Connection rows of {database.Label}: its server here does not answer");

    private static string? FindHolder(
        ClusterTopology topology,
        DatabaseParameters database,
        ProcessSnapshot? process,
        IReadOnlyList<PortListener> listeners
    )
    {
        var ends = topology.EndsOfActive(database);
        var conflict = PortConflict.Find(ends, listeners, listener => process is null ? false : listener.IsHeldBy(process.Id));
        return conflict is null ? null
            : conflict.FindHolder() is { } holder ? $"process {holder.Id} ({holder.Name}), which listens on {conflict.Local}"
            : $"a process of another container, which listens on {conflict.Local}";
    }

    private static TlsFacts ReadTls(DatabaseParameters database)
    {
        TlsFile File(string part, string path) => new($"ovn_{database.Prefix}_db_{part}", path, FileFindings.Look(path));
        return new TlsFacts(
            [File("privkey", database.Tls.PrivateKey), File("cert", database.Tls.Certificate), File("cacert", database.Tls.CaCertificate)],
            CertificateRules.ReadFile(database.Tls.Certificate) is { } certificate
                ? PemReader.ReadCertificate(database.Tls.Certificate, certificate)
                : null,
            CertificateRules.ReadFile(database.Tls.CaCertificate) is { } authority
                ? PemReader.ReadAuthorities(database.Tls.CaCertificate, authority)
                : null,
            CertificateRules.ReadFile(database.Tls.PrivateKey) is { } key ? PemReader.ReadPrivateKey(key) : null
        );
    }

    private static Fact<string?> ReadActiveSchema(AgentParameters parameters, DatabaseParameters database, bool isPromotedElsewhere)
    {
        if (!isPromotedElsewhere || parameters.MasterIp is not { } address)
        {
            return Fact<string?>.Of(null);
        }

        if (database.Protocol == DatabaseProtocol.Ssl)
        {
            return Fact<string?>.Unknown($"the schema of the active {database.Label} server: it is reached over TLS alone");
        }

        var schema = ReadSchema(OvsdbEndpoint.Tcp(address, database.Port), database, $"the schema of the active {database.Label} server");
        return schema.IsKnown ? Fact<string?>.Of(schema.Value) : Fact<string?>.Unknown(schema.WhyUnknown);
    }

    private static Fact<string> ReadSchema(OvsdbEndpoint endpoint, DatabaseParameters database, string what)
    {
        var deadline = Deadline.After(AnswerTimeout);
        try
        {
            using var client = OvsdbClient.Connect(endpoint, deadline);
            return OvsdbValue.Text(client.GetSchema(database.SchemaName, deadline)["version"]) is { } version
                ? Fact<string>.Of(version)
                : Fact<string>.Unknown($"{what}: it has no version");
        }
        catch (OvsdbCallException exception)
        {
            return Fact<string>.Unknown($"{what}: {exception.Message}");
        }
    }
}
