using OvndbOcf.Decisions.Copies;
using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// The file of a <see cref="NotedPromotion"/>, beside the database's own: <c>ovnnb_db.db.promotion</c>. It outlives the instance and the machine's uptime, as the rows do.
/// </summary>
/// <param name="databasePath">The database's file.</param>
internal sealed class PromotionNote(string databasePath)
{
    // A node's name may have 255 characters.
    private const int TextMaxBytes = 400;

    /// <summary>Its path.</summary>
    public string Path => databasePath + ".promotion";

    /// <summary>The note; null if there is none.</summary>
    public NotedPromotion? Read() => System.IO.Path.Exists(Path) ? NotedPromotion.Parse(PlainFile.ReadText(Path, TextMaxBytes)) : null;

    /// <summary>
    /// Writes the note; whether that was possible. One that stays instead agrees with no data of another promotion, and costs one more copy of the file.
    /// </summary>
    public bool Write(NotedPromotion note)
    {
        try
        {
            if (note != Read())
            {
                PlainFile.ReplaceDurably(Path, note.ToString(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Notes a promotion of this node, before it is written into the data.</summary>
    public bool Open(PromotionMarker promotion) => Write(NotedPromotion.Opening(Read(), promotion));

    /// <summary>Notes that the server, a backup, has everything that its active server has; whether that was possible.</summary>
    public bool CatchUp() => Read() is not { LeftBehind: not null } note || Write(note.CaughtUp());

    /// <summary>Notes that this node, a backup, has received the promotion on record.</summary>
    public bool Receive(PromotionMarker promotion, string node) => Write(NotedPromotion.Received(Read(), promotion, node));
}
