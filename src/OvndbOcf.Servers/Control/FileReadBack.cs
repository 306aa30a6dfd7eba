using OvndbOcf.Decisions.Databases;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>What a server made of its file.</summary>
internal enum ReadBack
{
    /// <summary>It knows what the end of the file says.</summary>
    Whole,

    /// <summary>It does not: it dropped the end of the file, or left out a transaction.</summary>
    Shortened,

    /// <summary>It did not answer, or has another schema than the file had.</summary>
    Unknown,
}

/// <summary>Asks a server that has just read its file, and that nobody writes to yet, for what the end of the file says.</summary>
internal static class FileReadBack
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Compares them.</summary>
    /// <param name="directories">Where the server's socket is.</param>
    /// <param name="database">Whose server.</param>
    /// <param name="tail">What the file says.</param>
    /// <param name="deadline">When the answer has to be there.</param>
    public static (ReadBack Result, string Detail) Compare(
        OvnDirectories directories,
        DatabaseParameters database,
        FileTail tail,
        Deadline deadline
    )
    {
        try
        {
            var answering = Deadline.After(AnswerTimeout).Earlier(deadline);
            using var client = OvsdbClient.Connect(OvsdbEndpoint.Unix(ServerPaths.Of(directories, database).Database), answering);
            var result = client.Transact(
                database.SchemaName,
                [
                    .. tail.Rows.Select(row =>
                        OvsdbOperation.Select(row.Table, OvsdbOperation.Where(OvsdbOperation.IsRow(row.Row)), ["_uuid", .. row.Columns])
                    ),
                ],
                answering
            );
            return result.Error is { } error ? (ReadBack.Unknown, error.ToString()!)
                : tail
                    .Rows.Zip(result.Operations, (row, operation) => row.Contradiction(operation.Rows))
                    .FirstOrDefault(text => text is not null)
                    is { } difference
                    ? (ReadBack.Shortened, difference)
                : (ReadBack.Whole, "");
        }
        catch (OvsdbCallException exception)
        {
            return (ReadBack.Unknown, exception.Message);
        }
    }
}
