using System.Buffers;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>Commands for a person to paste into a shell. Nothing of this project runs them.</summary>
internal static class Shell
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-"
    );

    /// <summary>A command with its arguments quoted where they have to be; null if one of them has a character that a terminal may take for something else.</summary>
    public static string? Command(params IEnumerable<string> arguments)
    {
        var all = arguments.ToList();
        return all.Exists(argument => argument.Any(char.IsControl)) ? null : string.Join(' ', all.Select(Quote));
    }

    /// <summary>Commands that are run one after the other until one fails; null if one of them is.</summary>
    public static string? Then(params IEnumerable<string?> commands)
    {
        var all = commands.ToList();
        return all.Contains(null) ? null : string.Join(" && ", all);
    }

    private static string Quote(string argument) =>
        argument.Length > 0 && !argument.AsSpan().ContainsAnyExcept(Plain)
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
