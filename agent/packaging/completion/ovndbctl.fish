# Completion of ovndbctl for fish. Written from the commands of ovndbctl; a test compares.
function __ovndbctl_path
    set -l path
    for word in (commandline -opc)[2..]
        if contains -- "$path $word" ' list' ' why' ' check' ' history' ' switchover' ' failover' ' backup' ' restore' ' metrics' ' snapshots' ' snapshots list' ' snapshots show' ' snapshots diff' ' snapshots restore' ' support'
            set path "$path $word"
        end
    end
    echo "$path"
end
function __ovndbctl_nodes
    crm_node --list 2>/dev/null | cut -d ' ' -f 2
end
complete -c ovndbctl -f
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -a list -d 'Show who is active, what each node has, and what is wrong'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -a why -d 'Explain why nobody is active, or whether a node can be promoted'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -a check -d 'Look for mistakes in the configuration of the databases and in what this node has, and name the command that mends each'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -a history -d 'Show the latest promotions: number, node, time, why, and whether the copy that was promoted provably had everything'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -a switchover -d 'Move the active databases to another node, as planned'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -a failover -d 'Promote a copy that lacks data, where the node with the data is lost for good'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -a backup -d 'Write a backup of both databases into a new directory, while they are in use'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -a restore -d 'Put the content of a backup in place of that of the active databases'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -a metrics -d 'Print metrics for Prometheus, write them to a file, or serve them'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -a snapshots -d 'Show the database files that were set aside on this node, which of their rows the active database lacks, and bring rows back'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -a support -d 'Write an archive with what helps somebody elsewhere: status, configuration, logs, versions, headers of database files'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -l help -s h -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = ""' -l version -d 'Show version information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " list"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " list"' -l output -x -a 'json table' -d 'table for people, or json'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " list"' -l watch -s w -d 'show it again every 2 s, until Ctrl-C'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " list"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " why"' -a '(__ovndbctl_nodes)'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " why"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " why"' -l output -x -a 'json table' -d 'table for people, or json'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " why"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " check"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " check"' -l output -x -a 'json table' -d 'form of the report'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " check"' -l severity -x -a 'error hint unknown warning' -d 'leave out what matters less'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " check"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " history"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " history"' -l output -x -a 'json table' -d 'table for people, or json'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " history"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " switchover"' -l to -x -a '(__ovndbctl_nodes)' -d 'the node that is to be active; the best other one by itself'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " switchover"' -l dry-run -d 'say what would be done, and change nothing'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " switchover"' -l allow-loss -d 'move also where it is not proven that no row is lost'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " switchover"' -l timeout -x -d 'how long to wait, in seconds'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " switchover"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " switchover"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " failover"' -a '(__ovndbctl_nodes)'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " failover"' -l accept-loss -d 'promote although rows are lost'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " failover"' -l dry-run -d 'say what would be lost, and change nothing'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " failover"' -l yes -d 'do not ask; for scripts'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " failover"' -l timeout -x -d 'how long to wait, in seconds'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " failover"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " failover"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " backup"' -F
complete -c ovndbctl -n 'test (__ovndbctl_path) = " backup"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " backup"' -l output -x -a 'json table' -d 'table for people, or json'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " backup"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " restore"' -F
complete -c ovndbctl -n 'test (__ovndbctl_path) = " restore"' -l database -x -a 'nb sb' -d 'nb or sb alone; without it both'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " restore"' -l dry-run -d 'say what would change, and change nothing'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " restore"' -l yes -d 'do not ask; for scripts'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " restore"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " restore"' -l output -x -a 'json table' -d 'table for people, or json'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " restore"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " metrics"' -l textfile -r -F -d 'write a file for node_exporter'\''s textfile collector; without a path, the one of the settings'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " metrics"' -l listen -x -d 'answer GET /metrics there until Ctrl-C or SIGTERM; a port alone is that of 127.0.0.1, without one that of the settings'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " metrics"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " metrics"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots"' -a list -d 'Show the files that are set aside on this node'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots"' -a show -d 'Show how many rows a file has in each table, or the rows of one table'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots"' -a diff -d 'Show the rows of a file that the active database lacks'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots"' -a restore -d 'Bring rows of a file back into the active database'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots list"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots list"' -l output -x -a 'json table' -d 'table for people, or json'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots list"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots show"' -F
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots show"' -l table -x -d 'only the rows of this table'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots show"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots show"' -l output -x -a 'json table' -d 'table for people, or json'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots show"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots diff"' -F
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots diff"' -l table -x -d 'only the rows of this table'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots diff"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots diff"' -l output -x -a 'json table' -d 'table for people, or json'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots diff"' -l changed -d 'show also rows that the active database has with other values'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots diff"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots restore"' -F
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots restore"' -l table -x -d 'the table of the rows'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots restore"' -l row -x -d 'name or UUID of a row; may be given again'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots restore"' -l dry-run -d 'say what would be done, and change nothing'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots restore"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots restore"' -l output -x -a 'json table' -d 'table for people, or json'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " snapshots restore"' -l help -d 'Show help and usage information'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " support"' -F
complete -c ovndbctl -n 'test (__ovndbctl_path) = " support"' -l resource -x -d 'the resource, its clone or its bundle; needed where there are several'
complete -c ovndbctl -n 'test (__ovndbctl_path) = " support"' -l help -d 'Show help and usage information'
