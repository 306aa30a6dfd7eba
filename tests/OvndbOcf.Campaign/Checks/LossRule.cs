using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign.Checks;

/// <summary>A row that a server had acknowledged and that is not there any more.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="BeforeFault">How long before the fault it was acknowledged, in seconds; negative if after it. Infinite for rows of earlier trials.</param>
internal sealed record MissingRow(string Name, double BeforeFault);

/// <summary>Which missing rows are within what asynchronous replication promises, and which are not.</summary>
internal static class LossRule
{
    /// <summary>Replication sends a change at once; a backup that has not got it a second later did not replicate.</summary>
    public const double Window = 1;

    /// <summary>
    /// Whether a row is expected to be gone: it was acknowledged after a backup was made and before that was restored. Rows of before are in the backup, later ones came on top of it.
    /// </summary>
    /// <param name="acknowledged">When, in seconds since the trial's begin.</param>
    /// <param name="putBack">From when to when data were put back.</param>
    public static bool IsPutBack(double acknowledged, IEnumerable<Period> putBack) =>
        putBack.Any(period => acknowledged >= period.From && acknowledged <= period.To);

    /// <summary>What is wrong with the loss; null if it may be.</summary>
    /// <param name="worst">The most that can happen by the faults of the trial.</param>
    /// <param name="database">The database, for the message.</param>
    /// <param name="missing">The rows.</param>
    public static string? Judge(FaultClass worst, string database, IReadOnlyList<MissingRow> missing)
    {
        if (missing.Count == 0)
        {
            return null;
        }

        if (worst != FaultClass.NodeLoss)
        {
            return $"{missing.Count} acknowledged rows of {database} are missing, though no node was lost: {Names(missing)}";
        }

        var old = missing.Where(row => row.BeforeFault > Window).ToList();
        return old.Count > 0
            ? FormattableString.Invariant(
                $"{old.Count} rows of {database} are missing that were acknowledged more than {Window:0.#} s before the fault: {Names(old)}"
            )
            : null;
    }

    private static string Names(IEnumerable<MissingRow> rows) => string.Join(' ', rows.Take(5).Select(row => row.Name));
}
