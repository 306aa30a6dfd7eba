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

    private const string Replicates = "ovs-appctl --timeout=3 -t \"$RUN/ovnnb_db.ctl\" ovsdb-server/sync-status | grep -Eq 'replicating: |state: active'";

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
    ];

    private static FaultKind Of(string name, string parameter, string value) => new(name, FaultClass.Planned, (site, stop) => SetAsync(site, parameter, value, stop))
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
}
