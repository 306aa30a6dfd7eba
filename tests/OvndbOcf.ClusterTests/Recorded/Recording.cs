using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OvndbOcf.ClusterTests.Recorded;

/// <summary>A command and what it printed, with fixed values in the place of those that differ.</summary>
/// <param name="Command">The command.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Status">Its exit status.</param>
internal sealed record RecordedCommand(string Command, string Output, int Status);

/// <summary>
/// What commands print in one state of a cluster, as two files: for people, as a terminal shows it, and JSON, an object with a member for each command.
/// </summary>
internal static class Recording
{
    private const string Prompt = "# ";
    private const string Ending = "exit status ";
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file for people.</summary>
    public static string Text(IEnumerable<RecordedCommand> commands)
    {
        var text = new StringBuilder();
        foreach (var command in commands)
        {
            text.Append(Prompt).Append(command.Command).Append('\n').Append(command.Output);
            text.Append(Ending).Append(command.Status).Append("\n\n");
        }

        return text.ToString();
    }

    /// <summary>The commands of a file for people.</summary>
    public static IReadOnlyList<RecordedCommand> Read(string text)
    {
        var commands = new List<RecordedCommand>();
        foreach (var part in text.Split("\n" + Prompt + "ovndbctl", StringSplitOptions.RemoveEmptyEntries))
        {
            var whole = part.StartsWith(Prompt, StringComparison.Ordinal) ? part[Prompt.Length..] : "ovndbctl" + part;
            var end = whole.LastIndexOf(Ending, StringComparison.Ordinal);
            var line = whole.IndexOf('\n', StringComparison.Ordinal);
            commands.Add(new RecordedCommand(whole[..line], whole[(line + 1)..end], int.Parse(whole[(end + Ending.Length)..].Trim())));
        }

        return commands;
    }

    /// <summary>The file of JSON.</summary>
    public static string Json(IEnumerable<RecordedCommand> commands) =>
        new JsonObject(commands.Select(command => KeyValuePair.Create(command.Command, Parsed(command.Output)))).ToJsonString(Readable)
        + "\n";

    // A command that fails says why in words.
    private static JsonNode? Parsed(string output) => output.StartsWith('{') ? JsonNode.Parse(output) : JsonValue.Create(output.TrimEnd());

    /// <summary>The first line in which two texts differ, with what was expected; null if they are the same.</summary>
    public static string? Difference(string expected, string actual)
    {
        var (before, now) = (expected.Split('\n'), actual.Split('\n'));
        for (var i = 0; i < Math.Max(before.Length, now.Length); i++)
        {
            var (one, other) = (i < before.Length ? before[i] : "(the end)", i < now.Length ? now[i] : "(the end)");
            if (one != other)
            {
                return $"line {i + 1} was recorded as\n  {one}\nand is\n  {other}";
            }
        }

        return null;
    }
}
