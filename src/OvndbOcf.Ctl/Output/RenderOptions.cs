namespace OvndbOcf.Ctl.Output;

/// <summary>How text is laid out.</summary>
/// <param name="Width">Columns of the terminal.</param>
/// <param name="HasColor">Whether it takes colours.</param>
/// <param name="Zone">The time zone of times.</param>
internal sealed record RenderOptions(int Width, bool HasColor, TimeZoneInfo Zone)
{
    private const int UsualWidth = 80;
    private const int LeastWidth = 60;

    /// <summary>For what stdout is: colours on a terminal only, and where <c>NO_COLOR</c> is not set (no-color.org).</summary>
    public static RenderOptions ForConsole()
    {
        var isTerminal = !Console.IsOutputRedirected;
        return new RenderOptions(
            isTerminal ? Math.Max(LeastWidth, WidthOfTerminal()) : UsualWidth,
            isTerminal
                && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
            TimeZoneInfo.Local
        );
    }

    private static int WidthOfTerminal()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}
