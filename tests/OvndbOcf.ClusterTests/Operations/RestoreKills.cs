namespace OvndbOcf.ClusterTests.Operations;

/// <summary>How a restoration is killed at one moment, without luck: programs in place of those that it calls, and scripts in which it runs.</summary>
internal static class RestoreKills
{
    /// <summary>The directory of a test on a node.</summary>
    public const string Root = "/root/interrupted";

    /// <summary>The backup that is restored.</summary>
    public const string Saved = $"{Root}/one";

    /// <summary>The directory of the programs that come before the real ones.</summary>
    public const string Tools = $"{Root}/tools";

    private const string Client = "/usr/bin/ovsdb-client";

    /// <summary>ovndbctl has copied one of the two databases that it is about to replace.</summary>
    public const string KillInBackup = $"""
        #!/bin/sh
        case "$*" in *OVN_Southbound*) kill -KILL "$PPID" ;; esac
        exec {Client} "$@"
        """;

    /// <summary>What is there is copied; the Southbound server says nothing from now on, so that ovndbctl stays between the two transactions.</summary>
    public const string HoldAfterBackup = $"""
        #!/bin/sh
        {Client} "$@" || exit
        case "$*" in *OVN_Southbound*) kill -STOP "$(cat /run/ovn/ovnsb_db.pid)" ;; esac
        """;

    /// <summary>$1 is a row that is back with the first transaction.</summary>
    public const string KillBetween = $"""
        PATH={Tools}:$PATH ovndbctl restore {Saved} --yes &
        restore=$!
        until ovn-nbctl --no-leader-only --bare --columns=name find Logical_Switch "name=$1" | grep -q .; do kill -0 $restore || exit 1; done
        kill -KILL $restore
        kill -CONT "$(cat /run/ovn/ovnsb_db.pid)"
        wait $restore
        """;

    /// <summary>The terminal takes no more, so that ovndbctl stays after the transaction, and before it tells of it.</summary>
    public const string KillBeforeTelling = $"""
        mkfifo {Root}/terminal
        exec 3<> {Root}/terminal
        timeout 1 cat /dev/zero >&3 || true
        ovndbctl restore {Saved} --database nb --yes >&3 2>&3 &
        restore=$!
        until ovn-nbctl --no-leader-only --bare --columns=name find Logical_Switch "name=$1" | grep -q .; do kill -0 $restore || exit 1; done
        kill -KILL $restore
        wait $restore
        """;

    /// <summary>restore.sh is killed before the rows are replaced, or after that.</summary>
    public const string KillScript = $"""
        #!/bin/sh
        case "$*" in
            *" restore "*)
                if [ -e {Root}/after ]; then {Client} "$@" || exit; fi
                kill -KILL "$PPID"
                ;;
            *) exec {Client} "$@" ;;
        esac
        """;
}
