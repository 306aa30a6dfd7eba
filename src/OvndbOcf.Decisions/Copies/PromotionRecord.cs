using System.Globalization;
using System.Net;
using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.Decisions.Copies;

/// <summary>
/// What the cluster knows of its latest promotion: a property in the CIB, so the partition with quorum has the one that counts. Only the promoted
/// instance writes it, one value at once.
/// </summary>
/// <param name="Marker">The promotion; closed once its databases have been given up as planned.</param>
public sealed record PromotionRecord(PromotionMarker Marker)
{
    /// <summary>The promotion before it; null if there was none.</summary>
    public Guid? Previous { get; init; }

    /// <summary>
    /// Whether the promoted copy held everything of the promotion before it: it had its closing marker, or was that of its active server, on a
    /// machine that had not been restarted since.
    /// </summary>
    public bool Complete { get; init; }

    /// <summary>The promoted node's own address, from which backups replicate; null where they have to use <c>master_ip</c>.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The boot of the promoted node's machine (proc(5), <c>random/boot_id</c>); null if unknown.</summary>
    public Guid? Boot { get; init; }

    /// <summary>The schema version of the Northbound database at the promotion; null if unknown.</summary>
    public Version? Northbound { get; init; }

    /// <summary>The schema version of the Southbound database at the promotion; null if unknown.</summary>
    public Version? Southbound { get; init; }

    /// <summary>
    /// The nodes whose copies were cut off while the promoted instance lived, and have not caught up since. In alphabetical order.
    /// </summary>
    public IReadOnlyList<string> Outdated { get; init; } = [];

    /// <summary>The schema version of one database at the promotion.</summary>
    public Version? Schema(OvnDatabase database) => database == OvnDatabase.Northbound ? Northbound : Southbound;

    /// <summary>The value of the property: the marker, then what is known as <c>key=value</c>.</summary>
    public override string ToString()
    {
        List<string> words = [Marker.ToString()];
        Add(words, "previous", Previous?.ToString("D"));
        Add(words, "complete", Complete ? "yes" : null);
        Add(words, "at", Address?.ToString());
        Add(words, "boot", Boot?.ToString("D"));
        Add(words, "nb", Northbound?.ToString());
        Add(words, "sb", Southbound?.ToString());
        Add(words, "outdated", Outdated.Count == 0 ? null : string.Join(',', Outdated));
        return string.Join(' ', words);
    }

    /// <summary>Reads such a value; null if it is none. What it does not know in it is left out.</summary>
    public static PromotionRecord? Parse(string? text)
    {
        var words = text?.Split(' ') ?? [];
        if (words.Length < 5 || PromotionMarker.Parse(string.Join(' ', words[..5])) is not { } marker)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words.AsSpan(5))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                values[word[..equals]] = word[(equals + 1)..];
            }
        }

        return new PromotionRecord(marker)
        {
            Previous = Guid.TryParseExact(values.GetValueOrDefault("previous"), "D", out var previous) ? previous : null,
            Complete = values.GetValueOrDefault("complete") == "yes",
            Address = IPAddress.TryParse(values.GetValueOrDefault("at"), out var address) ? address : null,
            Boot = Guid.TryParseExact(values.GetValueOrDefault("boot"), "D", out var boot) ? boot : null,
            Northbound = Version.TryParse(values.GetValueOrDefault("nb"), out var northbound) ? northbound : null,
            Southbound = Version.TryParse(values.GetValueOrDefault("sb"), out var southbound) ? southbound : null,
            Outdated = values.GetValueOrDefault("outdated")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    internal static DateTimeOffset? Milliseconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : null;

    private static void Add(List<string> words, string key, string? value)
    {
        if (value is not null)
        {
            words.Add($"{key}={value}");
        }
    }
}
