using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Hypervisors;

namespace OvndbOcf.ClusterTests.Hypervisors;

/// <summary>tls.sh on two nodes, a machine outside of the cluster for a relay, and a hypervisor; each of them has a key and a certificate of its own.</summary>
public abstract class TlsRelayFixture(DebianRelease release) : TlsFixture(release)
{
    private Hypervisor? relay;
    private Hypervisor? behind;

    /// <summary>The relay's machine.</summary>
    internal Hypervisor Relay => relay ?? throw new InvalidOperationException("not prepared");

    /// <summary>The hypervisor that is no chassis yet.</summary>
    internal Hypervisor Behind => behind ?? throw new InvalidOperationException("not prepared");

    /// <summary>The files of one of both machines, "relay" or "chassis", as variables of the scripts.</summary>
    internal static IReadOnlyDictionary<string, string> Files(string name) =>
        new Dictionary<string, string>
        {
            ["TLS_KEY"] = $"{Directory}/{name}-privkey.pem",
            ["TLS_CERT"] = $"{Directory}/{name}-cert.pem",
            ["TLS_CA"] = $"{Directory}/cacert.pem",
        };

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await base.PrepareAsync(cancellationToken);
        relay = await Cluster.StartHypervisorAsync(cancellationToken);
        behind = await Cluster.StartHypervisorAsync(cancellationToken);
        await Authority.IssueAsync("relay", cancellationToken);
        await Authority.InstallAsync(relay, Directory, ["relay", "chassis"], cancellationToken);
        await Authority.InstallAsync(behind, Directory, ["chassis"], cancellationToken);
    }
}

public sealed class TlsRelayOnBookworm() : TlsRelayFixture(DebianRelease.Bookworm);

public sealed class TlsRelayOnTrixie() : TlsRelayFixture(DebianRelease.Trixie);
