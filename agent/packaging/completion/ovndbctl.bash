# Completion of ovndbctl for bash. Written from the commands of ovndbctl; a test compares.
_ovndbctl() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} path= word files=
    for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
        case "${path:+$path }$word" in
        "list" | "why" | "check" | "history" | "switchover" | "failover" | "backup" | "restore" | "metrics" | "snapshots" | "snapshots list" | "snapshots show" | "snapshots diff" | "snapshots restore" | "support") path="${path:+$path }$word" ;;
        esac
    done
    case "$path:$previous" in
    "list:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "list:--output") mapfile -t COMPREPLY < <(compgen -W "json table" -- "$current") && return ;;
    "why:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "why:--output") mapfile -t COMPREPLY < <(compgen -W "json table" -- "$current") && return ;;
    "check:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "check:--output") mapfile -t COMPREPLY < <(compgen -W "json table" -- "$current") && return ;;
    "check:--severity") mapfile -t COMPREPLY < <(compgen -W "error hint unknown warning" -- "$current") && return ;;
    "history:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "history:--output") mapfile -t COMPREPLY < <(compgen -W "json table" -- "$current") && return ;;
    "switchover:--to") mapfile -t COMPREPLY < <(compgen -W "$(crm_node --list 2>/dev/null | cut -d ' ' -f 2)" -- "$current") && return ;;
    "switchover:--timeout") mapfile -t COMPREPLY < <(:) && return ;;
    "switchover:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "switchover:--output") mapfile -t COMPREPLY < <(compgen -W "json table" -- "$current") && return ;;
    "failover:--timeout") mapfile -t COMPREPLY < <(:) && return ;;
    "failover:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "backup:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "backup:--output") mapfile -t COMPREPLY < <(compgen -W "json table" -- "$current") && return ;;
    "restore:--database") mapfile -t COMPREPLY < <(compgen -W "nb sb" -- "$current") && return ;;
    "restore:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "restore:--output") mapfile -t COMPREPLY < <(compgen -W "json table" -- "$current") && return ;;
    "metrics:--textfile") mapfile -t COMPREPLY < <(compgen -f -- "$current") && return ;;
    "metrics:--listen") mapfile -t COMPREPLY < <(:) && return ;;
    "metrics:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "snapshots list:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "snapshots list:--output") mapfile -t COMPREPLY < <(compgen -W "json table" -- "$current") && return ;;
    "snapshots show:--table") mapfile -t COMPREPLY < <(:) && return ;;
    "snapshots show:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "snapshots show:--output") mapfile -t COMPREPLY < <(compgen -W "json table" -- "$current") && return ;;
    "snapshots diff:--table") mapfile -t COMPREPLY < <(:) && return ;;
    "snapshots diff:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "snapshots diff:--output") mapfile -t COMPREPLY < <(compgen -W "json table" -- "$current") && return ;;
    "snapshots restore:--table") mapfile -t COMPREPLY < <(:) && return ;;
    "snapshots restore:--row") mapfile -t COMPREPLY < <(:) && return ;;
    "snapshots restore:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "snapshots restore:--output") mapfile -t COMPREPLY < <(compgen -W "json table" -- "$current") && return ;;
    "support:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    esac
    case $path in
    "") word="list why check history switchover failover backup restore metrics snapshots support --help -h --version" ;;
    "list") word="--resource --output --watch -w --rows --help" ;;
    "why") word="--resource --output --help $(crm_node --list 2>/dev/null | cut -d ' ' -f 2)" ;;
    "check") word="--resource --output --severity --help" ;;
    "history") word="--resource --output --help" ;;
    "switchover") word="--to --dry-run --allow-loss --timeout --resource --output --help" ;;
    "failover") word="--accept-loss --dry-run --yes --timeout --resource --help $(crm_node --list 2>/dev/null | cut -d ' ' -f 2)" ;;
    "backup") word="--resource --output --help" files=-f ;;
    "restore") word="--database --dry-run --yes --resource --output --help" files=-f ;;
    "metrics") word="--textfile --listen --resource --help" ;;
    "snapshots") word="list show diff restore --help" ;;
    "snapshots list") word="--resource --output --help" ;;
    "snapshots show") word="--table --resource --output --help" files=-f ;;
    "snapshots diff") word="--table --resource --output --changed --help" files=-f ;;
    "snapshots restore") word="--table --row --dry-run --resource --output --help" files=-f ;;
    "support") word="--ssh --resource --help" files=-f ;;
    esac
    mapfile -t COMPREPLY < <(compgen $files -W "$word" -- "$current")
}
complete -F _ovndbctl ovndbctl
