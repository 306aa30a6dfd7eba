using OvndbOcf.Simulation;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>tls.sh on two nodes, with certificates of a CA of its own, and a client outside the cluster.</summary>
public abstract class TlsFixture(DebianRelease release) : ShapeFixture(new ClusterOptions { Release = release, Nodes = 2 })
{
    /// <summary>Where each node has its servers' files.</summary>
    internal const string Directory = "/etc/ovn-tls";

    private ClientMachine? client;
    private Pki? authority;
    private Pki? otherAuthority;

    /// <summary>A machine outside the cluster; the keys and certificates are made there.</summary>
    internal ClientMachine Client => client ?? throw new InvalidOperationException("not prepared");

    /// <summary>The CA that signed everything: "client" and "chassis" for <see cref="Client"/>.</summary>
    internal Pki Authority => authority ?? throw new InvalidOperationException("not prepared");

    /// <summary>A CA that the servers have never heard of; it signed another "client".</summary>
    internal Pki OtherAuthority => otherAuthority ?? throw new InvalidOperationException("not prepared");

    /// <inheritdoc/>
    protected override string Script => "tls.sh";

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string> { ["VIP"] = $"{Cluster.VirtualIp}", ["TLS_DIR"] = Directory };

    /// <inheritdoc/>
    protected override ClusterShape Describe() =>
        new()
        {
            Address = Cluster.VirtualIp,
            TlsOptions = ["-p", $"{Directory}/ovnnb-privkey.pem", "-c", $"{Directory}/ovnnb-cert.pem", "-C", $"{Directory}/cacert.pem"],
        };

    /// <inheritdoc/>
    protected override async Task BeforeScriptAsync(CancellationToken cancellationToken)
    {
        client = await Cluster.StartClientAsync(cancellationToken);
        authority = new Pki(client, "/root/pki");
        otherAuthority = new Pki(client, "/root/other-pki");
        await authority.CreateAsync(cancellationToken);
        await otherAuthority.CreateAsync(cancellationToken);
        foreach (var name in new[] { "ovnnb", "ovnsb", "client", "chassis" })
        {
            await authority.IssueAsync(name, cancellationToken);
        }

        await otherAuthority.IssueAsync("client", cancellationToken);
        foreach (var node in Cluster.Nodes)
        {
            await authority.InstallAsync(node, Directory, ["ovnnb", "ovnsb"], cancellationToken);
        }
    }
}

public sealed class TlsOnBookworm() : TlsFixture(DebianRelease.Bookworm);

public sealed class TlsOnTrixie() : TlsFixture(DebianRelease.Trixie);
