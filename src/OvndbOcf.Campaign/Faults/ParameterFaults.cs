using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign.Faults;

/// <summary>Changes of parameters, which make another cluster of the same nodes for a while. It has to become whole with them, and again without them.</summary>
internal static class ParameterFaults
{
    private const string Disable = "crm_resource --resource ovndb-clone --meta --set-parameter target-role --parameter-value Stopped";
    private const string Enable = "crm_resource --resource ovndb-clone --meta --delete-parameter target-role";
    private const string WaitUntilIdle = "crm_resource --wait --timeout=30s";
    private static readonly TimeSpan Notified = TimeSpan.FromSeconds(3);

    private const string Replicates = "ovs-appctl --timeout=3 -t \"$RUN/ovnnb_db.ctl\" ovsdb-server/sync-status | grep -Eq 'replicating: |state: active'";

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        // The nodes have addresses of their own here; the parameter stands for networks in which the agent finds none.
        Of("replicate_from=master_ip, then SIGSEGV of a backup's NB server", "replicate_from", "master_ip") with
        {
            Inject = WithoutOwnAddressAsync,
            Undo = (site, stop) => site.AnywhereAsync($"{Enable} && crm_resource --resource ovndb --delete-parameter replicate_from", stop),
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

    /// <summary>All instances start while nobody is promoted: what the server is started with, and started with again after a crash, is no source then.</summary>
    private static async Task WithoutOwnAddressAsync(FaultSite site, CancellationToken cancellationToken)
    {
        await site.AnywhereAsync($"{Disable} && {WaitUntilIdle}", cancellationToken);
        await SetAsync(site, "replicate_from", "master_ip", cancellationToken);
        await site.AnywhereAsync($"{Enable} && {WaitUntilIdle}", cancellationToken);
        await Task.Delay(Notified, cancellationToken);
        await site.RunAsync("pkill -SEGV -f -- \"ovsdb-server .*--unixctl=$RUN/ovnnb_db.ctl\" && sleep 1", cancellationToken);
    }
}
