# Completion of ovndbctl for bash. Written from the commands of ovndbctl; a test compares.
_ovndbctl() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} path= word
    for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
        case "${path:+$path }$word" in
        "list" | "why" | "check" | "switchover" | "metrics") path="${path:+$path }$word" ;;
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
    "switchover:--to") mapfile -t COMPREPLY < <(compgen -W "$(crm_node --list 2>/dev/null | cut -d ' ' -f 2)" -- "$current") && return ;;
    "switchover:--timeout") mapfile -t COMPREPLY < <(:) && return ;;
    "switchover:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    "metrics:--textfile") mapfile -t COMPREPLY < <(compgen -f -- "$current") && return ;;
    "metrics:--listen") mapfile -t COMPREPLY < <(:) && return ;;
    "metrics:--resource") mapfile -t COMPREPLY < <(:) && return ;;
    esac
    case $path in
    "") word="list why check switchover metrics --help -h --version" ;;
    "list") word="--resource --output --watch -w --help" ;;
    "why") word="--resource --output --help $(crm_node --list 2>/dev/null | cut -d ' ' -f 2)" ;;
    "check") word="--resource --output --severity --help" ;;
    "switchover") word="--to --dry-run --allow-loss --timeout --resource --help" ;;
    "metrics") word="--textfile --listen --resource --help" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$word" -- "$current")
}
complete -F _ovndbctl ovndbctl
