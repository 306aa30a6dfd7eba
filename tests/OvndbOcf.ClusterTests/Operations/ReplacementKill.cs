namespace OvndbOcf.ClusterTests.Operations;

/// <summary>
/// One moment at which something that replaces the agent is killed, with all that it has started. A script stands before one program that it calls, and kills its process group, which is that of
/// the whole command.
/// </summary>
/// <param name="Program">The program's name.</param>
/// <param name="Arguments">The call at which it happens, as a pattern of sh(1) for its arguments.</param>
/// <param name="Instead">What is done in place of the call before all are killed.</param>
internal sealed record ReplacementKill(string Program, string Arguments, string Instead)
{
    /// <summary>The directory of the programs that come before the real ones.</summary>
    public const string Tools = "/root/killing-tools";

    /// <summary>The program has not begun.</summary>
    public static ReplacementKill Before(string program, string arguments) => new(program, arguments, ":");

    /// <summary>The program is done.</summary>
    public static ReplacementKill After(string program, string arguments) => new(program, arguments, $"/usr/bin/{program} \"$@\"");

    /// <summary>The program has written the begin of what it copies; its last two arguments are the file and the copy.</summary>
    public static ReplacementKill InTheMiddle(string program, string arguments) =>
        new(program, arguments, "for word; do from=${to-} to=$word; done; rm -f \"$to\"; head -c 4096 \"$from\" > \"$to\"");

    /// <summary>The script that stands before the program.</summary>
    public string Script =>
        $"""
            #!/bin/sh
            case "$*" in
                {Arguments.Replace(" ", "\\ ", StringComparison.Ordinal)})
                    {Instead}
                    kill -KILL 0
                    ;;
            esac
            exec /usr/bin/{Program} "$@"
            """;

    /// <inheritdoc/>
    public override string ToString() => $"{Program} {Arguments}: {Instead}";
}
