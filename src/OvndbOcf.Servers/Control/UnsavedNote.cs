using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Says that a database took writes without being promoted, and that they have not been saved yet: an empty file beside its own, <c>ovnnb_db.db.unsaved</c>. It outlives the
/// action, the instance and the machine's uptime, as the rows do. Whoever finds the server active writes it, and it goes once the file was set aside or the database promoted.
/// </summary>
/// <param name="databasePath">The database's file.</param>
internal sealed class UnsavedNote(string databasePath)
{
    private string Path => databasePath + ".unsaved";

    /// <summary>Whether there is something to be saved.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>Notes it; whether that was possible.</summary>
    public bool Write() => Try(() => PlainFile.ReplaceDurably(Path, "", UnixFileMode.UserRead | UnixFileMode.UserWrite));

    /// <summary>There is nothing to be saved any more. A note that stays costs one more copy of the file.</summary>
    public void Delete() => Try(() => File.Delete(Path));

    private static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
