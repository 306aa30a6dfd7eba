using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign.Faults;

/// <summary>Changes of parameters that make other clusters of the same nodes for a while. The cluster has to become whole with them, and again without them.</summary>
internal static class ParameterFaults
{
    /// <summary>The kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        // Own addresses can be found in this cluster, so the parameter stands for networks in which they cannot.
        new("backups without a source of their own, SIGSEGV of a backup's NB server", FaultClass.Unplanned, (site, stop) => WithoutOwnAddressAsync(site, stop))
        {
            Only = FaultTarget.Backup,
            Meanwhile = new Expectation("the backup replicates again", (site, stop) => site.RunAsync(
                "ovs-appctl --timeout=3 -t \"$RUN/ovnnb_db.ctl\" ovsdb-server/sync-status | grep -Eq 'replicating: |state: active'", stop)),
            Undo = (site, stop) => site.AnywhereAsync("crm_resource --resource ovndb --delete-parameter replicate_from", stop),
        },
    ];

    private static async Task WithoutOwnAddressAsync(FaultSite site, CancellationToken cancellationToken)
    {
        await site.AnywhereAsync("crm_resource --resource ovndb --set-parameter replicate_from --parameter-value master_ip && crm_resource --wait --timeout=30s", cancellationToken);
        await site.RunAsync("pkill -SEGV -f -- \"ovsdb-server .*--unixctl=$RUN/ovnnb_db.ctl\" && sleep 1", cancellationToken);
    }
}
