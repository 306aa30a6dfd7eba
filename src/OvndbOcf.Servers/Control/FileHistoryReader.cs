using OvndbOcf.Decisions.Files;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Unixctl;

namespace OvndbOcf.Servers.Control;

/// <summary>Looks at how much of a database's file is history: two lines of the file, and where these leave it open, one question to the server.</summary>
public static class FileHistoryReader
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    /// <summary>What is known of it; null if the file cannot be read as that of a standalone database, or is too short for its history to matter.</summary>
    /// <param name="path">The file.</param>
    /// <param name="controlSocket">The control socket of its server.</param>
    /// <param name="deadline">When the answer has to be there.</param>
    public static FileHistory? Read(string path, string controlSocket, Deadline deadline)
    {
        try
        {
            // Most files are short: nothing is opened for those.
            if (DatabaseFile.Length(path) is not >= FileHistory.LeastLength)
            {
                return null;
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (DatabaseFileCheck.BaseLength(file) is not { } baseLength || !FileHistory.MayBeLong(file.Length, baseLength))
            {
                return null;
            }

            var reply = UnixctlCall.Run(controlSocket, "memory/show", [], Deadline.After(AnswerTimeout).Earlier(deadline));
            return new FileHistory(file.Length, baseLength, reply.Succeeded ? FileHistory.AtomsOf(reply.Text) : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
