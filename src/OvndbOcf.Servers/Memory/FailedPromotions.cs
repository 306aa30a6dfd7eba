namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers that promotions failed on this node while the same promotion was on record. Once may be chance, such as a server that died meanwhile; what fails twice in a row would fail on and on,
/// as this node's score is the highest. The promote action writes it, and ends it when it succeeds; stop and start, which follow each failure, do not. After some minutes it counts no more.
/// </summary>
internal sealed class FailedPromotions(StateFile file)
{
    /// <summary>For how long a failure counts.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(10);

    private readonly RecentNote _note = new(file, Lasting);

    /// <summary>Notes one more failure.</summary>
    /// <param name="onRecord">The promotion on record; null where there is none.</param>
    public void Add(Guid? onRecord) =>
        _note.Write(_note.Says(Once(onRecord)) || _note.Says(Twice(onRecord)) ? Twice(onRecord) : Once(onRecord));

    /// <summary>Whether promotions failed here twice or more.</summary>
    public bool AreRepeated(Guid? onRecord) => _note.Says(Twice(onRecord));

    /// <summary>One succeeded.</summary>
    public void Forget() => _note.Write(null);

    private static string Once(Guid? onRecord) => $"once {onRecord:D}";

    private static string Twice(Guid? onRecord) => $"twice {onRecord:D}";
}
