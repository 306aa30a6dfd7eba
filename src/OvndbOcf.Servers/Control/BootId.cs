namespace OvndbOcf.Servers.Control;

/// <summary>Tells one boot of this machine from another (proc(5), <c>/proc/sys/kernel/random/boot_id</c>).</summary>
internal static class BootId
{
    /// <summary>The current boot; null if it cannot be read.</summary>
    public static Guid? Current
    {
        get
        {
            try
            {
                return Guid.TryParse(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), out var id) ? id : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
