using System.Globalization;

namespace OvndbOcf.Decisions.Northd;

/// <summary>
/// Tells one death of ovn-northd, which needs nobody, from a northd that cannot live, which somebody has to look at: by the moments at which it had to be started again, in milliseconds since the machine
/// was started. Pure and total.
/// </summary>
public static class RestartHistory
{
    /// <summary>From how many restarts within <see cref="Window"/> on they are many.</summary>
    public const int Many = 3;

    /// <summary>How long a restart counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Whether there were many lately.</summary>
    /// <param name="text">The noted moments; null for none.</param>
    /// <param name="now">The time.</param>
    public static bool AreMany(string? text, long now) => Recent(text, now).Count >= Many;

    /// <summary>The moments with one more, as far as they still count.</summary>
    /// <param name="text">The noted moments; null for none.</param>
    /// <param name="now">The time.</param>
    public static string Add(string? text, long now) =>
        string.Join(' ', Recent(text, now).TakeLast(Many - 1).Append(now).Select(time => time.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Those of the noted moments that count now.</summary>
    internal static IReadOnlyList<long> Recent(string? text, long now) =>
        [
            .. (text ?? "")
                .Split(' ')
                .Select(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? time : -1)
                .Where(time => time >= 0 && time <= now && now - time < Window.TotalMilliseconds),
        ];
}
