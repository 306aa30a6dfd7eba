namespace OvndbOcf.Decisions.Databases;

/// <summary>One of OVN's two databases.</summary>
public enum OvnDatabase
{
    /// <summary>The Northbound database (OVN_Northbound), which users configure.</summary>
    Northbound,

    /// <summary>The Southbound database (OVN_Southbound), which ovn-controller reads.</summary>
    Southbound,
}

/// <summary>How an ovsdb-server is reached over the network.</summary>
public enum DatabaseProtocol
{
    /// <summary>Plain TCP.</summary>
    Tcp,

    /// <summary>TLS, which Open vSwitch calls ssl.</summary>
    Ssl,
}

/// <summary>The files of a server's TLS identity, absolute paths on this machine.</summary>
/// <param name="PrivateKey">The private key.</param>
/// <param name="Certificate">The certificate.</param>
/// <param name="CaCertificate">The CA certificate that peers are checked against.</param>
public sealed record TlsFiles(string PrivateKey, string Certificate, string CaCertificate);

/// <summary>The parameters of one database's server.</summary>
/// <param name="Kind">Which database.</param>
/// <param name="Port">TCP port of the active server, 1 to 65535.</param>
/// <param name="Protocol">How it is reached.</param>
/// <param name="Tls">The TLS files; used where the protocol is <see cref="DatabaseProtocol.Ssl"/>.</param>
public sealed record DatabaseParameters(OvnDatabase Kind, int Port, DatabaseProtocol Protocol, TlsFiles Tls)
{
    /// <summary>The short name in ovn-ctl's commands and options: <c>nb</c> or <c>sb</c>.</summary>
    public string Prefix => Kind == OvnDatabase.Northbound ? "nb" : "sb";

    /// <summary>The name in messages: <c>NB</c> or <c>SB</c>.</summary>
    public string Label => Kind == OvnDatabase.Northbound ? "NB" : "SB";

    /// <summary>The database's name in its schema.</summary>
    public string SchemaName => Kind == OvnDatabase.Northbound ? "OVN_Northbound" : "OVN_Southbound";

    /// <summary>The table with the one row that holds the connections.</summary>
    public string GlobalTable => Kind == OvnDatabase.Northbound ? "NB_Global" : "SB_Global";

    /// <summary>Whether its server speaks TLS.</summary>
    public bool IsTls => Protocol == DatabaseProtocol.Ssl;

    /// <summary>The protocol as Open vSwitch writes it in a remote.</summary>
    public string ProtocolName => IsTls ? "ssl" : "tcp";
}
