using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Control;

/// <summary>What a database's file is worth to the server that is to be started with it.</summary>
public enum DatabaseFileCondition
{
    /// <summary>Every record is what its header says.</summary>
    Sound,

    /// <summary>The last record is incomplete, as after a crash in the middle of a write that was not acknowledged. The server leaves it out.</summary>
    TornTail,

    /// <summary>
    /// The first record, with the schema, cannot be read, so the server would not start; or one in the middle, so that it would leave out all that comes after it,
    /// acknowledged or not, without a word to anybody but its log.
    /// </summary>
    Damaged,

    /// <summary>It is of a clustered database (Raft): no server may have it in active/backup mode.</summary>
    Clustered,

    /// <summary>There was no time to read all of it: nothing is known against it.</summary>
    Unknown,
}

/// <summary>What was found in a database's file.</summary>
/// <param name="Condition">What it is worth.</param>
/// <param name="Detail">What was seen and where, for people; empty for a sound file.</param>
/// <param name="Tail">What a server that read all of it has to know; null if it cannot be started with the file, or nothing can be said.</param>
public sealed record DatabaseFileFinding(DatabaseFileCondition Condition, string Detail, FileTail? Tail = null);

/// <summary>
/// Checks the file of a standalone database, which is a sequence of records, each with a line <c>OVSDB JSON length hash</c> before it, the length in bytes and
/// the SHA-1 hash of the text that follows (ovsdb(5), Database File Format).
/// </summary>
public static class DatabaseFileCheck
{
    private const string Magic = "OVSDB JSON ";
    private const string ClusteredMagic = "OVSDB CLUSTER ";
    private const int HeaderMaxBytes = 80;

    // A schema has some ten thousand bytes, and a transaction mostly a few hundred.
    private const int SchemaMaxBytes = 4 << 20;
    private const int TailMaxRecords = 32;
    private const int TailRecordMaxBytes = 1 << 18;
    private const int HashLength = 40;
    private const int BufferLength = 1 << 16;

    /// <summary>Whether a file is that of a clustered database. One that is missing or cannot be read is not known to be.</summary>
    public static bool IsClustered(string path)
    {
        Span<byte> magic = stackalloc byte[ClusteredMagic.Length];
        return PlainFile.Read(path, magic, followLink: true) == magic.Length && Encoding.Latin1.GetString(magic) == ClusteredMagic;
    }

    /// <summary>The schema in its first record, as far as that says which it is; null if that cannot be read.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static JsonObject? ReadSchema(Stream file)
    {
        file.Position = 0;
        return Parse(ReadHeader(file)) is { } record ? ReadRecord(file, record.HeaderLength, record.Length, SchemaMaxBytes) : null;
    }

    /// <summary>
    /// The bytes up to the end of the second record, which is the first one after the schema and holds all data where the file was compacted; null if there is no such record. Reads two lines only.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static long? BaseLength(Stream file)
    {
        long offset = 0;
        for (var record = 0; record < 2; record++)
        {
            file.Position = offset;
            if (Parse(ReadHeader(file)) is not { } header || header.Length > file.Length - offset - header.HeaderLength)
            {
                return null;
            }

            offset += header.HeaderLength + header.Length;
        }

        return offset;
    }

    /// <summary>Reads from the begin to the end, or until the deadline.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DatabaseFileFinding Inspect(Stream file, Deadline deadline)
    {
        if (file.Length == 0)
        {
            return new DatabaseFileFinding(DatabaseFileCondition.Damaged, "the file is empty");
        }

        var buffer = new byte[BufferLength];
        var tail = new Queue<(long Offset, long Length)>();
        for (long offset = 0; offset < file.Length; )
        {
            if (deadline.HasPassed)
            {
                return new DatabaseFileFinding(
                    DatabaseFileCondition.Unknown,
                    string.Create(CultureInfo.InvariantCulture, $"time was enough to check {offset} of {file.Length} bytes")
                );
            }

            file.Position = offset;
            var header = ReadHeader(file);
            if (offset == 0 && header.StartsWith(ClusteredMagic, StringComparison.Ordinal))
            {
                return new DatabaseFileFinding(DatabaseFileCondition.Clustered, "the file belongs to a clustered database");
            }

            if (
                Parse(header) is not { } record
                || record.Length > file.Length - offset - record.HeaderLength
                || HashOf(file, offset + record.HeaderLength, record.Length, buffer) != record.Hash
            )
            {
                var finding = Judge(file, offset, buffer, deadline);
                return finding.Condition == DatabaseFileCondition.TornTail ? finding with { Tail = ReadTail(file, tail) } : finding;
            }

            if (offset > 0)
            {
                tail.Enqueue((offset + record.HeaderLength, record.Length));
                if (tail.Count > TailMaxRecords)
                {
                    tail.Dequeue();
                }
            }

            offset += record.HeaderLength + record.Length;
        }

        return new DatabaseFileFinding(DatabaseFileCondition.Sound, "", ReadTail(file, tail));
    }

    private static FileTail? ReadTail(Stream file, IEnumerable<(long Offset, long Length)> records)
    {
        try
        {
            List<JsonObject> read = [];
            foreach (var (offset, length) in records)
            {
                if (ReadRecord(file, offset, length, TailRecordMaxBytes) is { } record)
                {
                    read.Add(record);
                }
                else
                {
                    // One that is too large, such as a dump, or cannot be read may have changed whatever came before it. What later ones say holds without it.
                    read.Clear();
                }
            }

            return ReadSchema(file) is { } schema ? FileTail.Of(schema, read) : null;
        }
        catch (InvalidOperationException)
        {
            // Text with escapes that are no characters.
            return null;
        }
    }

    private static JsonObject? ReadRecord(Stream file, long offset, long length, int maxBytes)
    {
        if (length > maxBytes)
        {
            return null;
        }

        var bytes = new byte[length];
        file.Position = offset;
        file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        try
        {
            return Utf8.IsValid(bytes)
                ? JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A record that is not what it should be: with others after it, it is damage, and at the end a write that did not come to its end.</summary>
    private static DatabaseFileFinding Judge(Stream file, long offset, byte[] buffer, Deadline deadline)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"the record at byte {offset} of {file.Length} is not valid");
        return offset == 0
            ? new DatabaseFileFinding(DatabaseFileCondition.Damaged, where + ", and should hold the schema")
            : HasRecordAfter(file, offset, buffer, deadline) switch
            {
                true => new DatabaseFileFinding(DatabaseFileCondition.Damaged, where + ", and other records follow"),
                false => new DatabaseFileFinding(DatabaseFileCondition.TornTail, where),
                null => new DatabaseFileFinding(
                    DatabaseFileCondition.Unknown,
                    where + ", and time was not enough to look for others behind it"
                ),
            };
    }

    /// <summary>Whether a line that looks like a header comes later; null if time was not enough to find out. Text in a database cannot: a record is one line, so no line ends within it.</summary>
    private static bool? HasRecordAfter(Stream file, long offset, byte[] buffer, Deadline deadline)
    {
        var sought = Encoding.Latin1.GetBytes(Magic);
        var kept = 0;
        for (var from = offset + 1; !deadline.HasPassed; )
        {
            file.Position = from + kept;
            var count = file.Read(buffer, kept, buffer.Length - kept);
            if (count == 0)
            {
                return false;
            }

            var seen = buffer.AsSpan(0, kept + count);
            var place = seen.IndexOf(sought);
            if (place >= 0)
            {
                file.Position = from + place;
                if (Parse(ReadHeader(file)) is not null)
                {
                    return true;
                }

                (from, kept) = (from + place + 1, 0);
                continue;
            }

            // A header may lie across two reads.
            kept = Math.Min(sought.Length - 1, seen.Length);
            from += seen.Length - kept;
            seen[^kept..].CopyTo(buffer);
        }

        return null;
    }

    private static string ReadHeader(Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderMaxBytes];
        header = header[..file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false)];
        var end = header.IndexOf((byte)'\n');
        return end < 0 ? "" : Encoding.Latin1.GetString(header[..end]);
    }

    private static (int HeaderLength, long Length, string Hash)? Parse(string header) =>
        header.StartsWith(Magic, StringComparison.Ordinal)
        && header[Magic.Length..].Split(' ') is [var length, { Length: HashLength } hash]
        && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? (header.Length + 1, bytes, hash)
            : null;

    private static string HashOf(Stream file, long offset, long length, byte[] buffer)
    {
        file.Position = offset;
        var hash = new RecordHash();
        while (length > 0)
        {
            var count = file.Read(buffer, 0, (int)Math.Min(length, buffer.Length));
            if (count == 0)
            {
                return "";
            }

            hash.Append(buffer.AsSpan(0, count));
            length -= count;
        }

        return hash.Finish();
    }
}
