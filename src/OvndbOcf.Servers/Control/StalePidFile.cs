using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Control;

/// <summary>Pid files that nobody owns any more.</summary>
internal static class StalePidFile
{
    /// <summary>
    /// Removes the pid file of a daemon that is known not to run. Left behind, it may name a process that came later, and where that is another
    /// ovsdb-server, ovn-ctl takes it for the one to start and does nothing.
    /// </summary>
    public static void Remove(string path, OcfLog log)
    {
        try
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"the stale pid file {path} cannot be removed: {exception.Message}; remove the file by hand");
        }
    }
}
