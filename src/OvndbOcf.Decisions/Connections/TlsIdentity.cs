using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.Decisions.Connections;

/// <summary>Whether a server was started with the TLS files of the parameters. It takes them from its command line and from there only, so that other ones need a restart. Pure.</summary>
public static class TlsIdentity
{
    /// <summary>
    /// The parameter that differs, such as <c>ovn_nb_db_cert</c>; null where all agree, where the server uses no TLS, and for a command line that does not tell: a server is not restarted on a guess.
    /// </summary>
    /// <param name="commandLine">The arguments of the server's process; empty if they are not known.</param>
    /// <param name="database">The parameters of its database.</param>
    public static string? FindDifference(IReadOnlyList<string> commandLine, DatabaseParameters database)
    {
        if (database.Protocol != DatabaseProtocol.Ssl)
        {
            return null;
        }

        foreach (
            var (option, wanted, name) in (ReadOnlySpan<(string, string, string)>)
                [
                    ("--private-key=", database.Tls.PrivateKey, "privkey"),
                    ("--certificate=", database.Tls.Certificate, "cert"),
                    ("--ca-cert=", database.Tls.CaCertificate, "cacert"),
                ]
        )
        {
            if (
                commandLine.LastOrDefault(argument => argument.StartsWith(option, StringComparison.Ordinal)) is { } given
                && given[option.Length..] != wanted
            )
            {
                return $"ovn_{database.Prefix}_db_{name}";
            }
        }

        return null;
    }
}
