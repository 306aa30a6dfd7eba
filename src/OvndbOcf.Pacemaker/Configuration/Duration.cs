using System.Globalization;
using System.Xml;

namespace OvndbOcf.Pacemaker.Configuration;

/// <summary>Times as Pacemaker writes them: <c>10</c> or <c>10s</c>, <c>500ms</c>, <c>2min</c>, <c>1h</c>, or of ISO 8601, <c>PT10S</c>.</summary>
public static class Duration
{
    /// <summary>The time; null for anything else.</summary>
    public static TimeSpan? TryParse(string text)
    {
        var trimmed = text.Trim();
        var digits = trimmed.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (trimmed.StartsWith('P'))
        {
            return ParseIso(trimmed);
        }

        var number = digits < 0 ? trimmed : trimmed[..digits];
        long? unit = (digits < 0 ? string.Empty : trimmed[digits..].Trim().ToLowerInvariant()) switch
        {
            "" or "s" or "sec" => 1_000_000,
            "ms" or "msec" => 1000,
            "us" or "usec" => 1,
            "m" or "min" => 60_000_000,
            "h" or "hr" => 3_600_000_000,
            _ => null,
        };
        return unit is { } microseconds && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? TimeSpan.FromMicroseconds(count * microseconds)
            : null;
    }

    /// <summary>As operators write it: <c>500ms</c> or <c>10s</c>.</summary>
    public static string Text(TimeSpan time) =>
        time.TotalSeconds == Math.Floor(time.TotalSeconds)
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms");

    private static TimeSpan? ParseIso(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }
}
