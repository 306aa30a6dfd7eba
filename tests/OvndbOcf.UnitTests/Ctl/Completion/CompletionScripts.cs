using System.Text;

namespace OvndbOcf.UnitTests.Ctl.Completion;

/// <summary>Writes the completion of <c>ovndbctl</c> for shells.</summary>
internal static class CompletionScripts
{
    private const string Origin = "Written from the commands of ovndbctl; a test compares.";
    private const string ListNodes = "crm_node --list 2>/dev/null | cut -d ' ' -f 2";

    /// <summary>The files, name to text.</summary>
    public static IReadOnlyDictionary<string, string> Write(CommandShape root) =>
        new Dictionary<string, string>
        {
            ["ovndbctl.bash"] = Bash(root),
            ["_ovndbctl"] = Zsh(root),
            ["ovndbctl.fish"] = Fish(root),
        };

    private static string Bash(CommandShape root)
    {
        var text = new StringBuilder(
            $$"""
            # Completion of ovndbctl for bash. {{Origin}}
            _ovndbctl() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} path= word files=
                for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
                    case "${path:+$path }$word" in
                    {{string.Join(" | ", Below(root).Select(command => $"\"{command.Path}\""))}}) path="${path:+$path }$word" ;;
                    esac
                done
                case "$path:$previous" in

            """
        );
        foreach (var command in root.WithAllBelow)
        {
            foreach (var option in command.Options.Where(option => option.Kind != ValueKind.None))
            {
                var names = string.Join(" | ", option.Names.Select(name => $"\"{command.Path}:{name}\""));
                text.Append($"    {names}) mapfile -t COMPREPLY < <({BashWords(option)}) && return ;;\n");
            }
        }

        text.Append("    esac\n    case $path in\n");
        foreach (var command in root.WithAllBelow)
        {
            string[] words = [.. command.Subcommands.Select(below => below.Name), .. command.Options.SelectMany(option => option.Names)];
            var nodes = command.Argument == ValueKind.Node ? $" $({ListNodes})" : "";
            var files = command.Argument == ValueKind.File ? " files=-f" : "";
            text.Append($"    \"{command.Path}\") word=\"{string.Join(' ', words)}{nodes}\"{files} ;;\n");
        }

        return text.Append(
                """
                    esac
                    mapfile -t COMPREPLY < <(compgen $files -W "$word" -- "$current")
                }
                complete -F _ovndbctl ovndbctl

                """
            )
            .ToString();
    }

    private static string BashWords(OptionShape option) =>
        option.Kind switch
        {
            ValueKind.Words => $"compgen -W \"{string.Join(' ', option.Words)}\" -- \"$current\"",
            ValueKind.Node => $"compgen -W \"$({ListNodes})\" -- \"$current\"",
            ValueKind.File => "compgen -f -- \"$current\"",
            _ => ":",
        };

    private static string Zsh(CommandShape root)
    {
        var text = new StringBuilder(
            $$"""
            #compdef ovndbctl
            # Completion of ovndbctl for zsh. {{Origin}}
            _ovndbctl_nodes() {
                local -a nodes
                nodes=(${(f)"$({{ListNodes}})"})
                compadd -a nodes
            }

            """
        );
        foreach (var command in root.WithAllBelow)
        {
            var function = $"_ovndbctl {command.Path}".TrimEnd().Replace(' ', '_');
            List<string> arguments = [.. command.Options.SelectMany(ZshOptions)];
            if (command.Subcommands.Count > 0)
            {
                arguments.Add("'1:command:->command'");
                arguments.Add("'*::argument:->argument'");
            }
            else if (command.Argument != ValueKind.None)
            {
                arguments.Add($"'1:argument:{ZshAction(command.Argument, [])}'");
            }

            text.Append($"{function}() {{\n");
            if (command.Subcommands.Count == 0)
            {
                text.Append($"    _arguments \\\n        {string.Join(" \\\n        ", arguments)}\n}}\n");
                continue;
            }

            text.Append("    local curcontext=$curcontext state line\n    typeset -A opt_args\n    local -a commands\n");
            text.Append(
                $"    _arguments -C \\\n        {string.Join(" \\\n        ", arguments)}\n    case $state in\n    command)\n        commands=(\n"
            );
            foreach (var below in command.Subcommands)
            {
                text.Append($"            '{below.Name}:{Quoted(below.Description).Replace(":", "\\:", StringComparison.Ordinal)}'\n");
            }

            text.Append("        )\n        _describe command commands\n        ;;\n    argument)\n        case $line[1] in\n");
            foreach (var below in command.Subcommands)
            {
                text.Append($"        {below.Name}) {function}_{below.Name} ;;\n");
            }

            text.Append("        esac\n        ;;\n    esac\n}\n");
        }

        return text.Append("_ovndbctl \"$@\"\n").ToString();
    }

    private static IEnumerable<string> ZshOptions(OptionShape option)
    {
        var value = option.Kind == ValueKind.None ? "" : $":value:{ZshAction(option.Kind, option.Words)}";
        var excluded = option.Names.Count > 1 ? $"({string.Join(' ', option.Names)})" : "";
        return option.Names.Select(name =>
            $"'{excluded}{name}[{Quoted(option.Description).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal)}]{value}'"
        );
    }

    private static string ZshAction(ValueKind kind, IReadOnlyList<string> words) =>
        kind switch
        {
            ValueKind.Words => $"({string.Join(' ', words)})",
            ValueKind.Node => "_ovndbctl_nodes",
            ValueKind.File => "_files",
            _ => " ",
        };

    private static string Fish(CommandShape root)
    {
        var text = new StringBuilder(
            $$"""
            # Completion of ovndbctl for fish. {{Origin}}
            function __ovndbctl_path
                set -l path
                for word in (commandline -opc)[2..]
                    if contains -- "$path $word" {{string.Join(' ', Below(root).Select(command => $"' {command.Path}'"))}}
                        set path "$path $word"
                    end
                end
                echo "$path"
            end
            function __ovndbctl_nodes
                {{ListNodes}}
            end
            complete -c ovndbctl -f

            """
        );
        foreach (var command in root.WithAllBelow)
        {
            var here = $"complete -c ovndbctl -n 'test (__ovndbctl_path) = \"{(command.Path.Length == 0 ? "" : " " + command.Path)}\"'";
            foreach (var below in command.Subcommands)
            {
                text.Append($"{here} -a {below.Name} -d '{Quoted(below.Description)}'\n");
            }

            if (command.Argument == ValueKind.Node)
            {
                text.Append($"{here} -a '(__ovndbctl_nodes)'\n");
            }

            if (command.Argument == ValueKind.File)
            {
                text.Append($"{here} -F\n");
            }

            foreach (var option in command.Options)
            {
                var names = string.Join(
                    ' ',
                    option.Names.Select(name => name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}")
                );
                var value = option.Kind switch
                {
                    ValueKind.None => "",
                    ValueKind.Words => $" -x -a '{string.Join(' ', option.Words)}'",
                    ValueKind.Node => " -x -a '(__ovndbctl_nodes)'",
                    ValueKind.File => " -r -F",
                    _ => " -x",
                };
                text.Append($"{here} {names}{value} -d '{Quoted(option.Description)}'\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<CommandShape> Below(CommandShape root) => root.WithAllBelow.Skip(1);

    // For between apostrophes; one of its own is written so in all three.
    private static string Quoted(string text) => text.Replace("'", "'\\''", StringComparison.Ordinal);
}
