using OvndbOcf.Simulation;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>
/// A certificate authority made with <c>openssl</c>, and what it signs. Open vSwitch checks that a peer's certificate was signed by the CA; it does
/// not look at names in it, so that one certificate is good on any node and for any virtual address.
/// </summary>
/// <param name="machine">Where the files are made.</param>
/// <param name="directory">The directory that is created for them there.</param>
internal sealed class Pki(Machine machine, string directory)
{
    private static readonly string[] Curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"];

    /// <summary>The CA's certificate.</summary>
    public string CaCertificate => $"{directory}/cacert.pem";

    /// <summary>Makes the CA.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await machine.ExecCheckedAsync(["mkdir", "-p", directory], cancellationToken: cancellationToken);
        await OpensslAsync(
            [
                "req",
                "-x509",
                .. Curve,
                "-days",
                "365",
                "-subj",
                $"/CN=CA in {directory.Replace('/', '.')}",
                "-keyout",
                $"{directory}/ca-privkey.pem",
                "-out",
                CaCertificate,
            ],
            cancellationToken
        );
    }

    /// <summary>Makes a key and a signed certificate: <c>NAME-privkey.pem</c> and <c>NAME-cert.pem</c>.</summary>
    public async Task IssueAsync(string name, CancellationToken cancellationToken)
    {
        var request = $"{directory}/{name}-req.pem";
        await OpensslAsync(["req", .. Curve, "-subj", $"/CN={name}", "-keyout", PrivateKey(name), "-out", request], cancellationToken);
        await OpensslAsync(
            [
                "x509",
                "-req",
                "-in",
                request,
                "-days",
                "365",
                "-CA",
                CaCertificate,
                "-CAkey",
                $"{directory}/ca-privkey.pem",
                "-CAcreateserial",
                "-out",
                Certificate(name),
            ],
            cancellationToken
        );
    }

    /// <summary>A private key that was issued.</summary>
    public string PrivateKey(string name) => $"{directory}/{name}-privkey.pem";

    /// <summary>A certificate that was issued.</summary>
    public string Certificate(string name) => $"{directory}/{name}-cert.pem";

    /// <summary>The options by which OVS's tools identify themselves as that name and trust this CA.</summary>
    public IReadOnlyList<string> Options(string name) => OptionsTrusting(name, CaCertificate);

    /// <summary>The same, but with another idea of whom to trust.</summary>
    public IReadOnlyList<string> OptionsTrusting(string name, string caCertificate) =>
        ["-p", PrivateKey(name), "-c", Certificate(name), "-C", caCertificate];

    /// <summary>Copies the CA certificate, and keys and certificates, into a directory of another machine.</summary>
    public async Task InstallAsync(Machine target, string to, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        await CopyAsync(target, CaCertificate, $"{to}/cacert.pem", "0644", cancellationToken);
        await InstallPairsAsync(target, to, names, cancellationToken);
    }

    /// <summary>
    /// Copies keys and certificates alone, the keys last: a server that runs reads both when it finds that the key has changed, and goes on with the former pair if the certificate does not fit.
    /// </summary>
    public async Task InstallPairsAsync(Machine target, string to, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var pairs = names.ToList();
        foreach (var name in pairs)
        {
            await CopyAsync(target, Certificate(name), $"{to}/{name}-cert.pem", "0644", cancellationToken);
        }

        foreach (var name in pairs)
        {
            await CopyAsync(target, PrivateKey(name), $"{to}/{name}-privkey.pem", "0600", cancellationToken);
        }
    }

    private async Task CopyAsync(Machine target, string from, string to, string mode, CancellationToken cancellationToken) =>
        await target.WriteFileAsync(to, await machine.ReadFileAsync(from, cancellationToken), mode, cancellationToken);

    private Task<ExecResult> OpensslAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        machine.ExecCheckedAsync(["openssl", .. arguments], cancellationToken: cancellationToken);
}
