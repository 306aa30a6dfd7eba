namespace OvndbOcf.Simulation.Writing;

/// <summary>A write that the server confirmed.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="At">When the confirmation arrived, counted from the writer's start.</param>
public sealed record AcknowledgedWrite(string Name, TimeSpan At);

/// <summary>A time without acknowledged writes.</summary>
/// <param name="From">The last acknowledgement before it, counted from the writer's start.</param>
/// <param name="Length">How long it lasted.</param>
public sealed record WriteGap(TimeSpan From, TimeSpan Length)
{
    /// <summary>How much of it came after a moment, counted from the writer's start.</summary>
    public TimeSpan LengthAfter(TimeSpan moment) => From + Length - (moment > From ? moment : From);
}

/// <summary>What a writer has done so far.</summary>
/// <param name="Acknowledged">All confirmed writes, in the order of their confirmation.</param>
/// <param name="Unanswered">The names of rows that may have been written or not: the connection broke, or no answer came in time.</param>
/// <param name="Refused">How many writes the server refused, as a backup does.</param>
/// <param name="LastFailure">The text of the last failure; null if there was none.</param>
/// <param name="Elapsed">The time since the writer's start.</param>
public sealed record WriterReport(
    IReadOnlyList<AcknowledgedWrite> Acknowledged,
    IReadOnlyList<string> Unanswered,
    int Refused,
    string? LastFailure,
    TimeSpan Elapsed
)
{
    /// <summary>
    /// The longest time between two acknowledged writes, the writer's start and the moment of this report counting as such, too: an
    /// outage that has not ended yet is one. The outage that a client notices.
    /// </summary>
    public WriteGap LongestGap => Gaps().MaxBy(gap => gap.Length)!;

    /// <summary>The longest gap that was not over yet at this moment.</summary>
    /// <param name="moment">Counted from the writer's start.</param>
    public WriteGap? LongestGapAfter(TimeSpan moment) => Gaps().Where(gap => gap.From + gap.Length > moment).MaxBy(gap => gap.Length);

    private IEnumerable<WriteGap> Gaps()
    {
        var last = TimeSpan.Zero;
        foreach (var moment in Acknowledged.Select(write => write.At).Append(Elapsed))
        {
            yield return new WriteGap(last, moment - last);
            last = moment;
        }
    }
}
