using System.Buffers;
using OvndbOcf.Fuzzing.Engine;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Actions;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Fuzzing.Targets;

/// <summary>What Pacemaker passes in the environment: variables, each ended by NUL as in <c>/proc/PID/environ</c>.</summary>
internal static class EnvironmentTargets
{
    private static readonly SearchValues<char> Shell = SearchValues.Create("\"'`$&;|<>()*?[]{}!\\");

    public static FuzzTarget Notify() =>
        new(
            "notify",
            Samples.Of(
                "OCF_RESKEY_CRM_meta_notify_type=pre\0OCF_RESKEY_CRM_meta_notify_operation=promote\0OCF_RESKEY_CRM_meta_notify_promote_uname=n2 \0"
                    + "OCF_RESKEY_CRM_meta_notify_master_uname=n1 \0OCF_RESKEY_CRM_meta_notify_demote_uname=n1 \0OCF_RESKEY_CRM_meta_notify_stop_uname= ",
                "OCF_RESKEY_CRM_meta_notify_type=post\0OCF_RESKEY_CRM_meta_notify_operation=stop\0OCF_RESKEY_CRM_meta_notify_promoted_uname=n1 n2 n3\0"
                    + "OCF_RESKEY_CRM_meta_notify_stop_uname=n2\0OCF_RESKEY_CRM_meta_notify_start_uname=n3"
            ),
            (input, _) =>
            {
                var notify = NotifyEnvironment.From(Variables(input));
                foreach (
                    var name in notify
                        .Promoted.Concat(notify.Promoting)
                        .Concat(notify.Demoting)
                        .Concat(notify.Starting)
                        .Concat(notify.Stopping)
                )
                {
                    Must.Hold(name.Length > 0 && !name.Any(char.IsWhiteSpace), "names are words");
                }

                Must.Hold(
                    notify.StayingPromoted is not { } staying
                        || (notify.Promoted.Contains(staying) && !notify.Demoting.Contains(staying) && !notify.Stopping.Contains(staying)),
                    "who stays promoted was so and is neither demoted nor stopped"
                );
                Must.Hold(Enum.IsDefined(notify.Type) && Enum.IsDefined(notify.Operation), "what is not known is none");
            }
        );

    public static FuzzTarget Parameters() =>
        new(
            "parameters",
            Samples.Of(
                "OCF_RESKEY_master_ip=10.0.0.9\0OCF_RESKEY_nb_master_port=6641\0OCF_RESKEY_sb_master_port=6642\0OCF_RESKEY_manage_northd=yes\0OCF_RESOURCE_INSTANCE=ovndb:0\0"
                    + "OCF_RESKEY_CRM_meta_timeout=20000\0OCF_RESKEY_CRM_meta_interval=1000\0OCF_RESKEY_crm_feature_set=3.16.2\0OCF_RESKEY_ovn_rundir=/nowhere/run\0OVN_RUNDIR=/nowhere/run\0OVN_DBDIR=/nowhere/db",
                "OCF_RESKEY_master_ip=[fd00::9]\0OCF_RESKEY_nb_master_protocol=ssl\0OCF_RESKEY_ovn_nb_db_privkey=/nowhere/key.pem\0OCF_RESKEY_ovn_dbdir=/nowhere/db\0"
                    + "OCF_RESKEY_inactive_probe_interval=5000\0OCF_RESKEY_inactive_probe_interval_to_master=0\0OCF_RESKEY_listen_on_master_ip_only=no\0OCF_RESKEY_report_degraded=1",
                "OCF_RESKEY_master_ip=10.0.0.9\0OCF_RESKEY_outdated_copies=allow\0OCF_RESKEY_set_aside_count=3\0OCF_RESKEY_max_open_files=9999\0OCF_RESKEY_replicate_from=master_ip\0OCF_RESKEY_ovn_ctl=/nowhere/ovn-ctl\0"
                    + "OCF_RESKEY_CRM_meta_clone_max=3\0OCF_RESKEY_CRM_meta_promoted_max=1\0OCF_RESKEY_CRM_meta_notify=true\0HA_debug=1\0OCF_RESKEY_ovn_sysconfdir=/nowhere/etc"
            ),
            (input, _) =>
            {
                using var output = new StringWriter { NewLine = "\n" };
                var environment = Variables(input);
                var log = new OcfLog(output, "ovndb-servers", environment.ResourceName, debug: true);
                var (parameters, _) = ParameterReader.Read(environment);
                Usable(parameters);
                var result = new OcfActions(environment, log).ValidateAsync().GetAwaiter().GetResult();
                Must.Hold(
                    result.Code
                        is OcfExitCode.Success
                            or OcfExitCode.InvalidArguments
                            or OcfExitCode.InsufficientPrivileges
                            or OcfExitCode.NotInstalled
                            or OcfExitCode.NotConfigured,
                    $"an exit code of validate-all: {result.Code}"
                );
                Must.Hold(result.Code == OcfExitCode.Success == result.Reason is null, "every failure has a reason");
                log.ExitReason(result.Reason ?? "none");
                log.Info(parameters.ToString());
                foreach (var line in output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    Must.Hold(
                        line.StartsWith("ovndb-servers(", StringComparison.Ordinal)
                            || line.StartsWith("ocf-exit-reason:", StringComparison.Ordinal),
                        $"each line is a message: {line}"
                    );
                    Must.Hold(!line.Any(char.IsControl), "no message has control characters");
                }
            }
        );

    public static FuzzTarget Log() =>
        new(
            "log",
            Samples.Of(
                "NB: this copy may hold rows",
                "ovn-ctl exited with 1: x\nocf-exit-reason:forged\nNov 24 00:00:00 ERROR: forged",
                "größer \u202e\u2028 ✓\u001b[31m"
            ),
            (input, _) =>
            {
                using var output = new StringWriter { NewLine = "\n" };
                var text = Samples.Text(input);
                var log = new OcfLog(output, "ovndb-servers", text, debug: true);
                log.Warning(text);
                log.ExitReason(text);
                var written = output.ToString();
                Must.Hold(
                    written.Count(character => character == '\n') == 2 && written.Count(char.IsControl) == 2,
                    "a message is one line without control characters"
                );
                Must.Hold(!written.AsSpan().ContainsAny("\u2028\u2029\u202e\u200b"), "nothing in it moves what is beside it");
                Must.Hold(written.Length < 7000, "a message has an end");
            }
        );

    private static OcfEnvironment Variables(byte[] input)
    {
        var variables = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in Samples.Text(input).Split('\0'))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                variables[word[..equals]] = word[(equals + 1)..];
            }
        }

        return OcfEnvironment.From("ovndb-servers", variables);
    }

    private static void Usable(AgentParameters parameters)
    {
        foreach (var database in parameters.Databases)
        {
            Must.Hold(database.Port is >= 1 and <= 65535, "a port is one");
            IsPath(database.Tls.PrivateKey);
            IsPath(database.Tls.Certificate);
            IsPath(database.Tls.CaCertificate);
        }

        IsPath(parameters.OvnCtl);
        IsPath(parameters.Directories.Run);
        IsPath(parameters.Directories.Database ?? "/");
        IsPath(parameters.Directories.Log ?? "/");
        IsPath(parameters.Directories.SystemConfiguration ?? "/");
        Must.Hold(
            parameters.ClientProbeInterval >= 0
                && parameters.ActiveProbeInterval >= 0
                && parameters.SetAsideCount is >= 0 and <= 1000
                && parameters.MaxOpenFiles is >= 1024 and <= 1_000_000,
            "numbers are in their range"
        );
    }

    private static void IsPath(string path) =>
        Must.Hold(
            path[0] == '/'
                && !path.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
                && !path.AsSpan().ContainsAny(Shell),
            $"a path is nothing more: {path}"
        );
}
