using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign.Faults;

/// <summary>What operators do in the middle of everything.</summary>
internal static class OperatorFaults
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(6);

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Of(
            "ban",
            "crm_resource --resource ovndb-clone --ban --node $NODE --promoted",
            "crm_resource --resource ovndb-clone --clear --node $NODE --promoted"
        ) with
        {
            Only = FaultTarget.Active,
        },
        Of(
            "move",
            "crm_resource --resource ovndb-clone --move --node $NODE --promoted",
            "crm_resource --resource ovndb-clone --clear --node $NODE --promoted"
        ) with
        {
            Only = FaultTarget.Backup,
        },
        Of("standby", "crm_standby --node $NODE --update on", "crm_standby --node $NODE --delete"),
        Of("maintenance mode", "crm_attribute --name maintenance-mode --update true", "crm_attribute --name maintenance-mode --delete"),
        Of("refresh", "crm_resource --refresh --resource ovndb-clone", null),
        Of(
            "resource disabled and enabled",
            "crm_resource --resource ovndb-clone --meta --set-parameter target-role --parameter-value Stopped",
            "crm_resource --resource ovndb-clone --meta --delete-parameter target-role"
        ) with
        {
            Only = FaultTarget.Active,
        },
        Of(
            "parameter changed",
            "crm_resource --resource ovndb --set-parameter inactive_probe_interval --parameter-value 7000",
            "crm_resource --resource ovndb --delete-parameter inactive_probe_interval"
        ) with
        {
            Only = FaultTarget.Active,
        },
        Of("promotion score deleted", "attrd_updater --name master-ovndb --delete --node $NODE", null),
    ];

    private static FaultKind Of(string name, string command, string? undo) =>
        new(name, FaultClass.Planned, (site, stop) => site.AnywhereAsync(command, stop))
        {
            Lasts = undo is null ? TimeSpan.Zero : Short,
            Undo = undo is null ? null : (site, stop) => site.AnywhereAsync(undo, stop),
        };
}
