using System.Globalization;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>The TLS files of this node.</summary>
internal static class TlsRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("tls-file-missing", Severity.Error, cluster => ForEach(cluster, Missing)),
        new("tls-file-unreadable", Severity.Error, cluster => ForEach(cluster, Unreadable)),
        new("tls-key-mismatch", Severity.Error, cluster => ForEach(cluster, KeyMismatch)),
        new("tls-issuer", Severity.Error, cluster => ForEach(cluster, Issuer)),
        new("tls-expired", Severity.Error, cluster => ForEach(cluster, tls => Expiry(cluster, tls, isOver: true))),
        new("tls-expires", Severity.Warning, cluster => ForEach(cluster, tls => Expiry(cluster, tls, isOver: false))),
        new("tls-name", Severity.Hint, cluster => ForEach(cluster, tls => Name(cluster, tls))),
    ];

    private static Verdict ForEach(CheckedCluster cluster, Func<TlsFacts, Verdict> judge) =>
        Verdict.All(cluster.Node.Databases.Select(database => database.Tls.Judge(tls => tls is null ? Verdict.Fine : judge(tls))));

    private static Verdict Missing(TlsFacts tls) =>
        Verdict.Of(
            tls.Files.Where(file => file.Finding is FileFinding.Missing or FileFinding.NotAFile)
                .Select(file => new Problem(
                    $"{file.Path} ({file.Parameter}) {(file.Finding == FileFinding.Missing ? "does not exist" : "is not a file")} on this node: put the PEM file there on every node"
                ))
        );

    private static Verdict Unreadable(TlsFacts tls) =>
        Verdict.Of(
            tls.Files.Where(file => file.Finding == FileFinding.Forbidden)
                .Select(file => new Problem(
                    $"{file.Path} ({file.Parameter}) cannot be read by this user; servers run as root, which can, unless the file system says otherwise",
                    Shell.Command("ls", "-lL", file.Path)
                ))
        );

    private static bool AreThere(TlsFacts tls) => tls.Files.All(file => file.Finding is FileFinding.Readable or FileFinding.Executable);

    private static Verdict KeyMismatch(TlsFacts tls) =>
        !AreThere(tls) ? Verdict.Fine
        : tls.Certificate is null ? Verdict.Of($"{Path(tls, "cert")} has no certificate in PEM form")
        : tls.Certificate.PublicKey is not { } certificate || tls.PrivateKey is not { } key
            ? Verdict.Undecided(
                $"whether {Path(tls, "privkey")} and {tls.Certificate.Path} belong together: keys of this kind, or encrypted ones, cannot be compared"
            )
        : certificate != key
            ? Verdict.Of(
                $"{Path(tls, "privkey")} is not the private key of {tls.Certificate.Path}: a server that starts has no TLS; put files there that belong together, both anew, the certificate first: a running server reads neither alone"
            )
        : Verdict.Fine;

    // All nodes have the same CA file, or should: a server replicates from another one by its own.
    private static Verdict Issuer(TlsFacts tls) =>
        tls.Certificate is null || tls.CaCertificate is null ? Verdict.Fine
        : tls.Certificate.Authorities is not { } issuers || tls.CaCertificate.Authorities is not { } trusted
            ? Verdict.Undecided($"whether {tls.Certificate.Path} was issued by an authority in {tls.CaCertificate.Path} is not readable")
        : issuers.Intersect(trusted).Any() ? Verdict.Fine
        : Verdict.Of(
            $"{tls.Certificate.Path} was issued by an authority that is not in {tls.CaCertificate.Path}: servers and clients with the same CA file refuse new connections; add that authority to the CA file on every node and client, or put the former key and certificate back"
        );

    private static string Path(TlsFacts tls, string part) =>
        tls.Files.First(file => file.Parameter.EndsWith("_" + part, StringComparison.Ordinal)).Path;

    private static Verdict Expiry(CheckedCluster cluster, TlsFacts tls, bool isOver) =>
        Verdict.Of(
            new[] { tls.Certificate, tls.CaCertificate }
                .OfType<CertificateFacts>()
                .Where(certificate =>
                    certificate.Ends is { } end
                    && (isOver ? end <= cluster.Node.Now : end > cluster.Node.Now && end - cluster.Node.Now <= CertificateRules.Notice)
                )
                .Select(certificate => new Problem(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{certificate.Path} {(isOver ? "expired" : "expires")} on {certificate.Ends!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC: renew it on this node"
                    )
                ))
        );

    // Open vSwitch does not compare names; other clients may.
    private static Verdict Name(CheckedCluster cluster, TlsFacts tls) =>
        cluster.Parameters.MasterIp is not { } address || tls.Certificate is null ? Verdict.Fine
        : tls.Certificate.Names is not { } names ? Verdict.Undecided($"the names in {tls.Certificate.Path} are not readable")
        : names.Contains(address.ToString()) ? Verdict.Fine
        : Verdict.Of($"{tls.Certificate.Path} does not name {address} (subjectAltName): OVN does not check names, but other clients may");
}
