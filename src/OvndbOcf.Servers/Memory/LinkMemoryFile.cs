using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// What the promoted instance remembers of its backups' connections from one monitor to the next. It belongs to one promotion.
/// </summary>
internal sealed class LinkMemoryFile(StateFile file)
{
    /// <summary>
    /// What is remembered of that promotion, perhaps that there are no backups; null if nothing is, or not all of it is understood, so that nobody knows who has been connected.
    /// </summary>
    public IReadOnlyDictionary<string, LinkMemory>? Read(Guid promotion) => Parse(file.Read() ?? string.Empty, promotion);

    /// <summary>Remembers it; whether that was possible.</summary>
    public bool Write(Guid promotion, IReadOnlyDictionary<string, LinkMemory> memory) => file.Write(Format(promotion, memory));

    /// <summary>Nothing is remembered any more.</summary>
    public void Delete() => file.Delete();

    internal static string Format(Guid promotion, IReadOnlyDictionary<string, LinkMemory> memory) =>
        string.Join(
            '\n',
            [
                promotion.ToString("D"),
                .. memory.Select(entry =>
                    $"{entry.Key} {entry.Value.State} {entry.Value.Ends?.Northbound ?? "-"} {entry.Value.Ends?.Southbound ?? "-"}"
                ),
            ]
        );

    internal static IReadOnlyDictionary<string, LinkMemory>? Parse(string text, Guid promotion)
    {
        var lines = text.Split('\n');
        if (lines[0] != promotion.ToString("D"))
        {
            return null;
        }

        var memory = new Dictionary<string, LinkMemory>(StringComparer.Ordinal);
        foreach (var line in lines.AsSpan(1))
        {
            if (
                line.Split(' ') is not [{ Length: > 0 } node, var state, var northbound, var southbound]
                || !Enum.TryParse<LinkState>(state, out var parsed)
                || !Enum.IsDefined(parsed)
                || parsed.ToString() != state
            )
            {
                // A node that is left out would be missed by nobody.
                return null;
            }

            memory[node] = new LinkMemory(parsed, northbound == "-" || southbound == "-" ? null : new LinkEnds(northbound, southbound));
        }

        return memory;
    }
}
