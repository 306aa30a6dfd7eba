using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign.Faults;

/// <summary>Changes of parameters, which make another cluster of the same nodes for a while. It has to become whole with them, and again without them.</summary>
internal static class ParameterFaults
{
    private static readonly TimeSpan Notified = TimeSpan.FromSeconds(3);

    // The last command makes the switch real from Open vSwitch 3.3 on.
    private const string LoseSource = """
        set -e
        ask() { ovs-appctl --timeout=5 -t "$RUN/ovnnb_db.ctl" "ovsdb-server/$1" ${2-}; }
        ask set-active-ovsdb-server tcp:192.0.2.254:6641
        ask connect-active-ovsdb-server
        ask set-active-ovsdb-server-probe-interval 60000
        sleep 1
        ! ask sync-status | grep -q 'replicating: '
        """;

    /// <summary>Shell: the node's NB server follows an active one, or is that.</summary>
    internal const string Replicates =
        "ovs-appctl --timeout=3 -t \"$RUN/ovnnb_db.ctl\" ovsdb-server/sync-status | grep -Eq 'replicating: |state: active'";

    // It signs itself: Open vSwitch checks the CA's signature, and no names.
    private const string MakeCertificate = """
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 30 -subj /CN=campaign -keyout /run/key.pem -out /run/certificate.pem 2>/dev/null &&
            cat /run/key.pem /run/certificate.pem && rm /run/key.pem /run/certificate.pem
        """;

    // Where the parameters' defaults have them.
    private const string InstallCertificate = """
        set -e
        umask 077
        cd /etc/openvswitch
        cat > both.pem
        openssl pkey -in both.pem -out ovnnb-privkey.pem
        openssl x509 -in both.pem -out ovnnb-cert.pem
        cp ovnnb-cert.pem cacert.pem
        rm both.pem
        """;

    private const string SpeaksTls = """
        cd /etc/openvswitch
        ovsdb-client --timeout=3 -p ovnnb-privkey.pem -c ovnnb-cert.pem -C cacert.pem list-dbs "ssl:$VIP:6641" | grep -q OVN_Northbound

        """;

    private const string HasOtherPort = """
        ovsdb-client --timeout=3 list-dbs "tcp:$VIP:6651" | grep -q OVN_Northbound

        """;

    private const string NotThePlainPort = """
        [ $? = 0 ] || exit 1
        for address in $VIP $ADDRESS $OTHERS; do
            ! ovsdb-client --timeout=1 list-dbs "tcp:$address:6641" >/dev/null 2>&1 || exit 1
        done
        """;

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        // The nodes have addresses of their own here; the parameter stands for networks in which the agent finds none.
        Of("replicate_from=master_ip, then a backup's NB server without source", "replicate_from", "master_ip") with
        {
            Inject = LoseSourceAsync,
            Only = FaultTarget.Backup,
            Meanwhile = new Expectation("the backup replicates again", (site, stop) => site.RunAsync(Replicates, stop)),
        },
        Of("NB port changed", "nb_master_port", "6651") with
        {
            Alone = true,
            Meanwhile = new Expectation(
                "clients reach NB at the new port only, and all backups replicate",
                (site, stop) => ServedAsync(site, HasOtherPort, stop)
            ),
        },
        Of("NB protocol changed", "nb_master_protocol", "ssl") with
        {
            Inject = UseTlsAsync,
            Alone = true,
            Meanwhile = new Expectation(
                "clients reach NB by TLS only, and all backups replicate",
                (site, stop) => ServedAsync(site, SpeaksTls, stop)
            ),
        },
    ];

    private static FaultKind Of(string name, string parameter, string value) =>
        new(name, FaultClass.Planned, (site, stop) => SetAsync(site, parameter, value, stop))
        {
            Undo = (site, stop) => site.AnywhereAsync($"crm_resource --resource ovndb --delete-parameter {parameter}", stop),
        };

    private static Task SetAsync(FaultSite site, string parameter, string value, CancellationToken cancellationToken) =>
        site.AnywhereAsync($"crm_resource --resource ovndb --set-parameter {parameter} --parameter-value {value}", cancellationToken);

    /// <summary>
    /// A crash does not do it: ovsdb-server's monitor process starts the server with the source that it had last. A notification that got lost does.
    /// </summary>
    private static async Task LoseSourceAsync(FaultSite site, CancellationToken cancellationToken)
    {
        await SetAsync(site, "replicate_from", "master_ip", cancellationToken);
        await site.AnywhereAsync("crm_resource --wait --timeout=30s", cancellationToken);
        await Task.Delay(Notified, cancellationToken);
        await site.RunAsync(LoseSource, cancellationToken);
    }

    private static async Task UseTlsAsync(FaultSite site, CancellationToken cancellationToken)
    {
        // Once for all trials: a server that runs with TLS files may not notice that they are written anew (seen with OVS 3.1).
        if (
            (
                await site.Node.ExecAsync(["test", "!", "-e", "/etc/openvswitch/ovnnb-cert.pem"], cancellationToken: cancellationToken)
            ).ExitCode == 0
        )
        {
            await InstallCertificateAsync(site, cancellationToken);
        }

        await SetAsync(site, "nb_master_protocol", "ssl", cancellationToken);
    }

    private static async Task InstallCertificateAsync(FaultSite site, CancellationToken cancellationToken)
    {
        var certificate = (await site.Node.ExecCheckedAsync(["sh", "-c", MakeCertificate], cancellationToken: cancellationToken)).Stdout;
        foreach (var node in site.Cluster.Nodes)
        {
            await node.ExecCheckedAsync(["sh", "-c", InstallCertificate], standardInput: certificate, cancellationToken: cancellationToken);
        }
    }

    private static async Task ServedAsync(FaultSite site, string asked, CancellationToken cancellationToken)
    {
        await site.AnywhereAsync(asked + NotThePlainPort, cancellationToken);
        foreach (var node in site.Cluster.Nodes)
        {
            await (site with { Node = node }).RunAsync(Replicates, cancellationToken);
        }
    }
}
