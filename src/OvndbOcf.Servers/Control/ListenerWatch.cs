using System.Net;
using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Control;

/// <summary>Notices that other sockets take the connections to some ends than before, or none does. The kernel is asked for each of them, which takes microseconds.</summary>
internal static class ListenerWatch
{
    private const string Nobody = "-";

    /// <summary>Which sockets take them now, in one line.</summary>
    public static string Take(IEnumerable<IPEndPoint> ends)
    {
        using var diagnostics = new SocketDiagnostics();
        return string.Join(' ', ends.Select(end => $"{end}={diagnostics.FindListener(end) ?? Nobody}"));
    }

    /// <summary>Whether they are still those of such a line.</summary>
    public static bool AreStill(string taken)
    {
        List<IPEndPoint> ends = [];
        foreach (var word in taken.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Split('=') is not [var text, _] || !IPEndPoint.TryParse(text, out var end))
            {
                return false;
            }

            ends.Add(end);
        }

        return Take(ends) == taken;
    }
}
