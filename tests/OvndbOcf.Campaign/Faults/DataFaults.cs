using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Campaign.Faults;

/// <summary>What happens to the data, and to what is written down about them in the cluster's configuration, by other hands than the agent's.</summary>
internal static class DataFaults
{
    private static readonly TimeSpan BackupAge = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AloneFor = TimeSpan.FromSeconds(8);

    /// <summary>Some monitors' time: what is noticed by then has to be of use when a server dies.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(5);

    private const string Ban = "crm_resource --resource ovndb-clone --ban --node $NODE --promoted";
    private const string WaitUntilIdle = "crm_resource --wait --timeout=30s";
    private const string ClearBan = "crm_resource --resource ovndb-clone --clear --node $NODE --promoted";

    // A pipe cannot be read twice, as ovsdb-client does.
    private const string RestoreBackup = """
        backup=$(mktemp)
        trap 'rm -f "$backup"' EXIT
        cat > "$backup" && ovsdb-client restore "$1" "$2" < "$backup"
        """;

    // What automation does that keeps a whole CIB in a file, and does not know of the agent's record in it.
    private const string PushCib = """
        set -e
        cib=$(mktemp)
        trap 'rm -f "$cib"' EXIT
        pcs cluster cib "$cib"
        python3 - "$cib" <<'END'
        import sys
        import xml.etree.ElementTree as tree
        document = tree.parse(sys.argv[1])
        options = document.find("configuration/crm_config")
        for properties in options.findall("cluster_property_set[@id='ovn_ovsdb_master_server']"):
            options.remove(properties)
        document.write(sys.argv[1])
        END
        pcs cluster cib-push "$cib" --config
        """;

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new("databases restored from a backup", FaultClass.Unplanned, RestoreAsync)
        {
            Only = FaultTarget.Active,
            InSteps = true,
            PutsDataBack = true,
        },
        new("databases restored from a backup of before a promotion, then the NB server killed", FaultClass.Unplanned, RestoreOlderAsync)
        {
            Only = FaultTarget.Active,
            PutsDataBack = true,
            Undo = (site, stop) => site.AnywhereAsync(ClearBan, stop),
        },
        ThenKilled(
            "markers removed",
            (site, stop) =>
                site.RunAsync(
                    "ovn-nbctl --db=unix:$RUN/ovnnb_db.sock clear NB_Global . external_ids && ovn-sbctl --db=unix:$RUN/ovnsb_db.sock clear SB_Global . external_ids",
                    stop
                )
        ),
        ThenKilled("CIB pushed without the agent's properties", (site, stop) => site.AnywhereAsync(PushCib, stop)),
        new(
            "CIB pushed without the agent's properties while a backup is away, then only that one is left",
            FaultClass.Planned,
            LeaveOldCopyAloneAsync
        )
        {
            Only = FaultTarget.Backup,
            Lasts = AloneFor,
            Undo = (site, stop) =>
                site.AnywhereAsync("for node in $NODE $OTHER_NODES; do crm_standby --node $node --delete || exit 1; done", stop),
        },
    ];

    private static FaultKind ThenKilled(string name, Func<FaultSite, CancellationToken, Task> change) =>
        new(
            $"{name}, then the NB server killed",
            FaultClass.Unplanned,
            async (site, stop) =>
            {
                await change(site, stop);
                await Task.Delay(Noticed, stop);
                await KillAsync(site, stop);
            }
        )
        {
            Only = FaultTarget.Active,
            InSteps = true,
        };

    private static async Task RestoreAsync(FaultSite site, CancellationToken cancellationToken)
    {
        var backups = await BackUpAsync(site, cancellationToken);
        await Task.Delay(BackupAge, cancellationToken);
        await RestoreAsync(site.Active, backups, cancellationToken);
    }

    private static async Task RestoreOlderAsync(FaultSite site, CancellationToken cancellationToken)
    {
        var backups = await BackUpAsync(site, cancellationToken);
        await site.AnywhereAsync($"{Ban} && {WaitUntilIdle}", cancellationToken);
        var promoted =
            (await site.Cluster.GetStatusAsync(cancellationToken)).PromotedNode(site.Shape.CloneId)
            ?? throw new InvalidOperationException("nobody was promoted");
        var active = site.Cluster.Node(promoted);
        await RestoreAsync(active, backups, cancellationToken);
        await Task.Delay(Noticed, cancellationToken);
        await KillAsync(site with { Node = active }, cancellationToken);
    }

    /// <summary>The node misses rows when it is the only one that may run. It has to wait for the others.</summary>
    private static async Task LeaveOldCopyAloneAsync(FaultSite site, CancellationToken cancellationToken)
    {
        await site.AnywhereAsync($"crm_standby --node $NODE --update on && {WaitUntilIdle}", cancellationToken);
        await Task.Delay(BackupAge, cancellationToken);
        await site.AnywhereAsync(PushCib, cancellationToken);
        await Task.Delay(Noticed, cancellationToken);
        await site.AnywhereAsync(
            $"for other in $OTHER_NODES; do crm_standby --node $other --update on || exit 1; done; {WaitUntilIdle} && crm_standby --node $NODE --delete",
            cancellationToken
        );
    }

    private static async Task<IReadOnlyList<(OvnDatabase Database, string Text)>> BackUpAsync(
        FaultSite site,
        CancellationToken cancellationToken
    )
    {
        var backups = new List<(OvnDatabase, string)>();
        foreach (var database in new[] { OvnDatabase.Northbound, OvnDatabase.Southbound })
        {
            var backup = await site.Active.ExecCheckedAsync(
                ["ovsdb-client", "backup", $"unix:{database.Socket}", database.Name],
                cancellationToken: cancellationToken
            );
            backups.Add((database, backup.Stdout));
        }

        return backups;
    }

    private static async Task RestoreAsync(
        ClusterNode active,
        IReadOnlyList<(OvnDatabase Database, string Text)> backups,
        CancellationToken cancellationToken
    )
    {
        foreach (var (database, text) in backups)
        {
            await active.ExecCheckedAsync(
                ["bash", "-c", RestoreBackup, "restore", $"unix:{database.Socket}", database.Name],
                standardInput: text,
                cancellationToken: cancellationToken
            );
        }
    }

    private static Task KillAsync(FaultSite site, CancellationToken cancellationToken) =>
        site.RunAsync("pkill -KILL -f -- \"ovsdb-server .*--unixctl=$RUN/ovnnb_db.ctl\"", cancellationToken);
}
