using System.Globalization;

namespace OvndbOcf.Ctl.Output;

/// <summary>Values as people read them.</summary>
internal static class Words
{
    private const int Infinity = 1_000_000;

    /// <summary>A score; nothing if there is none.</summary>
    public static string Score(int? score) =>
        score switch
        {
            null => "none",
            <= -Infinity => "-INF",
            >= Infinity => "INF",
            { } known => known.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>A number; a dash if it is unknown.</summary>
    public static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";

    /// <summary>Date and time of day in the zone.</summary>
    public static string Time(DateTimeOffset time, RenderOptions options) =>
        TimeZoneInfo.ConvertTime(time, options.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>How long something has lasted, such as <c>3 min</c>.</summary>
    public static string Span(TimeSpan span) =>
        span.TotalSeconds < 0 ? "0 s"
        : span.TotalSeconds < 120 ? Whole(span.TotalSeconds, "s")
        : span.TotalMinutes < 120 ? Whole(span.TotalMinutes, "min")
        : span.TotalHours < 48 ? Whole(span.TotalHours, "h")
        : Whole(span.TotalDays, "days");

    /// <summary>A number of bytes, such as <c>1.5 MiB</c>.</summary>
    public static string Size(long bytes) =>
        bytes < 1024 ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
        : bytes < 1 << 20 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB");

    private static string Whole(double number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number):0} {unit}");
}
