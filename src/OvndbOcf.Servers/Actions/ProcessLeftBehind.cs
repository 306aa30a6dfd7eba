using System.ComponentModel;
using System.Diagnostics;

namespace OvndbOcf.Servers.Actions;

/// <summary>A process of the agent that goes on when the action has ended.</summary>
internal static class ProcessLeftBehind
{
    /// <summary>Starts this executable with one argument; why that was not possible, null if it was.</summary>
    public static string? Start(string argument)
    {
        if (Environment.ProcessPath is not { } self)
        {
            return null;
        }

        try
        {
            // Streams of its own: whoever reads this process's output must not wait for that one's end.
            using var process = Process.Start(
                new ProcessStartInfo(self, [argument])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = "/",
                }
            );
            return null;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException)
        {
            return exception.Message;
        }
    }
}
