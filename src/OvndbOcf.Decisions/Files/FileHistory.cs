using System.Globalization;

namespace OvndbOcf.Decisions.Files;

/// <summary>
/// How much of a database's file is history. ovsdb-server appends every transaction, and a server that restarts reads all of them before it takes connections. It compacts the file by itself, 10 to 20 minutes
/// after its start or the last time, if the file has more than 10 MiB by then and twice the length that it had after the last compaction (ovsdb/storage.c and ovsdb/log.c, OVS 3.1 to 3.5). Pure and total.
/// </summary>
/// <param name="Length">The bytes of the file.</param>
/// <param name="BaseLength">The bytes up to the end of the first record after the schema: after a compaction that holds all data.</param>
/// <param name="Atoms">How many single values the server holds in memory; null if it did not say.</param>
public sealed record FileHistory(long Length, long BaseLength, long? Atoms)
{
    /// <summary>A shorter file is read within a second or two, whatever is in it.</summary>
    public const long LeastLength = 64 << 20;

    private const int Multiple = 4;

    // As text, with the id and the columns of their rows: 22 to 24 bytes were seen with addresses and flows. A file that was never compacted, such as one with a first dump in it, is measured by that.
    private const int BytesPerAtom = 64;
    private const long AtomsMax = long.MaxValue / BytesPerAtom;

    /// <summary>About how many bytes a file without history would have; null if that is not known.</summary>
    public long? DataLength => Atoms is { } atoms ? Math.Max(BaseLength, Math.Clamp(atoms, 0, AtomsMax) * BytesPerAtom) : null;

    /// <summary>Whether the file is several times as long as its data need, and long enough for that to matter. What is not known is no reason to say so.</summary>
    public bool IsLong => MayBeLong(Length, BaseLength) && DataLength is { } data && Length / Multiple >= data;

    /// <summary>Whether it may be, as far as the file itself tells: only then the server has to be asked.</summary>
    public static bool MayBeLong(long length, long baseLength) => length >= LeastLength && length / Multiple >= baseLength;

    /// <summary>The number of atoms in the reply to <c>memory/show</c>, such as <c>atoms:3028 cells:2543 monitors:0</c>; null if it has none.</summary>
    public static long? AtomsOf(string reply)
    {
        const string name = "atoms:";
        foreach (var word in reply.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                word.StartsWith(name, StringComparison.Ordinal)
                && long.TryParse(word.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var atoms)
            )
            {
                return atoms;
            }
        }

        return null;
    }
}
