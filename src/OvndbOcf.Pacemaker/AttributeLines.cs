namespace OvndbOcf.Pacemaker;

/// <summary>The output of <c>attrd_updater --query --all</c> (attrd_updater(8)): a line a node, <c>name="…" host="…" value="…"</c>.</summary>
internal static class AttributeLines
{
    private const string Host = " host=\"";
    private const string Value = "\" value=\"";

    /// <summary>Node to value. Lines of another form are left out, and those with an empty value, which old releases print for a node that has none.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string output)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var host = line.IndexOf(Host, StringComparison.Ordinal);
            var value = host < 0 ? -1 : line.IndexOf(Value, host + Host.Length, StringComparison.Ordinal);
            if (value > host && line.EndsWith('"') && line.Length > value + Value.Length + 1)
            {
                values[line[(host + Host.Length)..value]] = line[(value + Value.Length)..^1];
            }
        }

        return values;
    }
}
