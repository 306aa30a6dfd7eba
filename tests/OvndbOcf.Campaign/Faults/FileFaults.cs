using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;
using OvndbOcf.Simulation;

namespace OvndbOcf.Campaign.Faults;

/// <summary>What happens to files.</summary>
internal static class FileFaults
{
    private const int Attempts = 40;

    private const string NbSchema = "/usr/share/ovn/ovn-nb.ovsschema";

    // An upgrade that went wrong: names of rows that are there cannot become numbers.
    private const string OtherSchema = $$"""
        cp --no-clobber {{NbSchema}} {{NbSchema}}.original
        python3 - <<'END'
        import json
        with open("{{NbSchema}}.original") as file:
            schema = json.load(file)
        schema["version"] = "99.0.0"
        schema["tables"]["HA_Chassis_Group"]["columns"]["name"]["type"] = "integer"
        with open("{{NbSchema}}", "w") as file:
            json.dump(schema, file)
        END

        """;

    private const string WaitForStop =
        "for n in $(seq 300); do pgrep -x ovsdb-server >/dev/null || break; sleep 0.1; done; ! pgrep -x ovsdb-server";

    private static readonly TimeSpan OtherSchemaFor = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FullFor = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan ReadOnlyFor = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Of("control socket of the NB server deleted", "rm -f \"$RUN/ovnnb_db.ctl\""),
        Of("control socket of the SB server deleted", "rm -f \"$RUN/ovnsb_db.ctl\""),
        Of("pidfile of the NB server deleted", "rm -f \"$RUN/ovnnb_db.pid\""),
        Of(
            "control socket of the NB server is one of nobody",
            """
            python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$RUN/stale.ctl" && mv "$RUN/stale.ctl" "$RUN/ovnnb_db.ctl"
            """
        ),
        Of("pidfile of the SB server names another process", "echo 1 > \"$RUN/ovnsb_db.pid\""),
        Of(
            "NB server killed, and another process has its number",
            """
            sleep 60 >/dev/null 2>&1 &
            echo $! > "$RUN/ovnnb_db.pid" && pkill -KILL -f -- "ovsdb-server .*--unixctl=$RUN/ovnnb_db.ctl"
            """
        ),
        Of("database file of an NB backup corrupted at its begin", Spoil("ovnnb_db", 60)) with
        {
            Only = FaultTarget.Backup,
        },
        Of("database file of an SB backup corrupted in its middle", Spoil("ovnsb_db", 40_000)) with
        {
            Only = FaultTarget.Backup,
        },
        Of(
            "database file of the active NB server corrupted while it runs",
            "printf 'garbage at the end\\n' >> /var/lib/ovn/ovnnb_db.db"
        ) with
        {
            Only = FaultTarget.Active,
        },
        new("database file of the NB server corrupted while it is stopped", FaultClass.Unplanned, CorruptStoppedAsync)
        {
            Undo = (site, stop) => site.AnywhereAsync("crm_standby --node $NODE --delete", stop),
        },
        new("schema that the NB database cannot be converted to", FaultClass.Planned, StartWithOtherSchemaAsync)
        {
            Alone = true,
            Lasts = OtherSchemaFor,
            Meanwhile = new Expectation(
                "the node follows with the schema of the active servers",
                (site, stop) => site.RunAsync(ParameterFaults.Replicates, stop)
            ),
            Undo = async (site, stop) =>
            {
                await site.RunAsync($"[ ! -e {NbSchema}.original ] || mv {NbSchema}.original {NbSchema}", stop);
                await site.AnywhereAsync("crm_standby --node $NODE --delete", stop);
            },
        },
        Of("disk full", DatabaseDisks.Fill) with
        {
            Lasts = FullFor,
            Undo = (site, stop) => site.RunAsync(DatabaseDisks.MakeRoom, stop),
        },
        new("read-only file system", FaultClass.Unplanned, MakeReadOnlyAsync)
        {
            Lasts = ReadOnlyFor,
            Undo = (site, stop) => site.Cluster.Disks!.MakeWritableAsync(site.Node, stop),
        },
    ];

    /// <summary>A server reads its file when it starts.</summary>
    private static string Spoil(string database, int offset) =>
        $"{Write(database, offset)} && pkill -KILL -f -- \"ovsdb-server .*--unixctl=$RUN/{database}.ctl\"";

    private static string Write(string database, int offset) =>
        $"printf 'garbage\\n' | dd of=/var/lib/ovn/{database}.db bs=1 seek={offset} conv=notrunc status=none";

    private static async Task CorruptStoppedAsync(FaultSite site, CancellationToken cancellationToken)
    {
        await site.AnywhereAsync("crm_standby --node $NODE --update on", cancellationToken);
        await site.RunAsync($"{WaitForStop} && {Write("ovnnb_db", 2_000)}", cancellationToken);
    }

    /// <summary>The node is taken out and comes back with the schema, as in an upgrade of nodes one after the other; the others keep theirs.</summary>
    private static async Task StartWithOtherSchemaAsync(FaultSite site, CancellationToken cancellationToken)
    {
        await site.AnywhereAsync("crm_standby --node $NODE --update on", cancellationToken);
        await site.RunAsync($"set -e\n{WaitForStop}\n{OtherSchema}", cancellationToken);
        await site.AnywhereAsync("crm_standby --node $NODE --delete", cancellationToken);
    }

    /// <summary>A file that is open for writing keeps the kernel from it: the servers are killed until it comes between two starts.</summary>
    private static async Task MakeReadOnlyAsync(FaultSite site, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await site.Node.ExecAsync(["pkill", "-KILL", "-x", "ovsdb-server"], cancellationToken: cancellationToken);
                await site.Cluster.Disks!.MakeReadOnlyAsync(site.Node, cancellationToken);
                return;
            }
            catch (ExecException) when (attempt < Attempts)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private static FaultKind Of(string name, string command) =>
        new(name, FaultClass.Unplanned, (site, stop) => site.RunAsync(command, stop));
}
