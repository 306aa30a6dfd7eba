using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Checks.Facts;

/// <summary>What lies where the cluster looks for the agent.</summary>
internal enum InstalledAgent
{
    /// <summary>This agent, of the version that checks.</summary>
    This,

    /// <summary>This agent, of another version.</summary>
    OtherVersion,

    /// <summary>Another agent, such as OVN's shell agent.</summary>
    Other,

    /// <summary>A link to nothing.</summary>
    DanglingLink,

    /// <summary>Nothing.</summary>
    Missing,
}

/// <summary>A port of another machine, and whether it can be reached.</summary>
/// <param name="Node">The node; null for <c>master_ip</c>, which any may have.</param>
/// <param name="End">Address and port.</param>
/// <param name="Reach">What came of it.</param>
internal sealed record PeerPort(string? Node, IPEndPoint End, Reach Reach);

/// <summary>A TLS file of the parameters.</summary>
/// <param name="Parameter">The parameter that names it.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Finding">What is there.</param>
internal sealed record TlsFile(string Parameter, string Path, FileFinding Finding);

/// <summary>What a certificate says.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Ends">Until when it is valid; null if that is not readable.</param>
/// <param name="PublicKey">What its key and a private key have in common; null if that is not known.</param>
/// <param name="Names">The names and addresses that it is for; null if they are not readable.</param>
internal sealed record CertificateFacts(string Path, DateTimeOffset? Ends, string? PublicKey, IReadOnlyList<string>? Names)
{
    /// <summary>Who issued the certificates in the file; of an authority's file, whose certificates are in it. Both in the same unreadable form, to be compared. Null if that is not known.</summary>
    public IReadOnlyList<string>? Authorities { get; init; }
}

/// <summary>The TLS files of a database.</summary>
/// <param name="Files">Whether they are there.</param>
/// <param name="Certificate">The server's certificate; null if it is not there or not readable.</param>
/// <param name="CaCertificate">That of the authority, the one that is valid for longest; null as above.</param>
/// <param name="PrivateKey">What the private key and its certificate have in common; null if that is not known.</param>
internal sealed record TlsFacts(
    IReadOnlyList<TlsFile> Files,
    CertificateFacts? Certificate,
    CertificateFacts? CaCertificate,
    string? PrivateKey
);

/// <summary>What this node has of a database.</summary>
internal sealed record DatabaseFacts
{
    /// <summary>The parameters.</summary>
    public required DatabaseParameters Parameters { get; init; }

    /// <summary>Its file.</summary>
    public required string Path { get; init; }

    /// <summary>The control socket of its server.</summary>
    public required string ControlSocket { get; init; }

    /// <summary>The server's socket for clients on this node.</summary>
    public required string Socket { get; init; }

    /// <summary>The bytes of its file; null if there is none.</summary>
    public Fact<long?> FileLength { get; init; }

    /// <summary>Whether the file is of a clustered database.</summary>
    public Fact<bool> IsClustered { get; init; }

    /// <summary>How much of the file is history; null if it is too short for that to matter.</summary>
    public Fact<FileHistory?> History { get; init; }

    /// <summary>How many files its server may have open; null if none runs.</summary>
    public Fact<long?> OpenFiles { get; init; }

    /// <summary>The rows of the Connection table.</summary>
    public Fact<IReadOnlyList<ConnectionRow>> Connections { get; init; }

    /// <summary>Who listens on its port on this node.</summary>
    public Fact<IReadOnlyList<PortListener>> Listeners { get; init; }

    /// <summary>A process that holds the port and is not its server, in words; null if there is none.</summary>
    public Fact<string?> PortHolder { get; init; }

    /// <summary>Its TLS files; null where its protocol is tcp.</summary>
    public Fact<TlsFacts?> Tls { get; init; }

    /// <summary>The version of the schema that this node's copy has.</summary>
    public Fact<string> SchemaVersion { get; init; }

    /// <summary>The version of the schema that the active server has; null where there is no active server.</summary>
    public Fact<string?> ActiveSchemaVersion { get; init; }
}

/// <summary>What can be found out on the node that checks.</summary>
internal sealed record NodeFacts
{
    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The cluster's name for this node.</summary>
    public Fact<string> Name { get; init; }

    /// <summary>Its addresses.</summary>
    public Fact<NodeAddresses> Addresses { get; init; }

    /// <summary>Its corosync.conf.</summary>
    public Fact<CorosyncFacts> Corosync { get; init; }

    /// <summary>Whether it has the agent.</summary>
    public Fact<InstalledAgent> Agent { get; init; }

    /// <summary>Where the agent has to be.</summary>
    public required string AgentPath { get; init; }

    /// <summary>Services of the distribution that are started at boot and would run OVN's databases beside Pacemaker.</summary>
    public Fact<IReadOnlyList<string>> EnabledServices { get; init; }

    /// <summary>The disk of the databases.</summary>
    public Fact<DatabaseDisk> Disk { get; init; }

    /// <summary>The file <c>ovn-northd-db-params.conf</c>.</summary>
    public required string NorthdFile { get; init; }

    /// <summary>The option in that file that names other servers than those of the resource; null if there is none.</summary>
    public Fact<string?> NorthdElsewhere { get; init; }

    /// <summary>The load of the last minute for each processor.</summary>
    public Fact<double> Load { get; init; }

    /// <summary>The databases' ports of the other nodes, at the addresses that backups replicate from.</summary>
    public Fact<IReadOnlyList<PeerPort>> Peers { get; init; }

    /// <summary>The databases' ports at <c>master_ip</c>.</summary>
    public Fact<IReadOnlyList<PeerPort>> ClientPorts { get; init; }

    /// <summary>Both databases.</summary>
    public required IReadOnlyList<DatabaseFacts> Databases { get; init; }
}
