namespace OvndbOcf.Decisions.Connections;

/// <summary>
/// How long an active server puts up with a backup's silence. A backup takes a dump in as one transaction and answers nothing meanwhile, no probe either. An active server that gives it up before it
/// is done has it ask for the whole dump again, and again.
/// </summary>
internal static class ReplicationPatience
{
    private const int LargestStep = 512;

    // Below that, the server's own 5 s, after which it probes and waits for as long again, are enough several times over.
    private const int SmallestStep = 32;

    // A file grows with each transaction and shrinks when it is compacted: a row that went and came with that would cost the backups their connections each time.
    private const int Slack = 4;

    /// <summary>
    /// The inactivity probe that backups need, in milliseconds: a second for each MiB, in steps of powers of two, so that a file that grows changes it seldom. A dump of 80 MB was
    /// seen to take 20 s of one core; after the probe the server waits for as long again. One that is there stays until the file is less than a quarter of what it is meant for.
    /// Null where what a server has anyway is enough.
    /// </summary>
    /// <param name="fileLength">Length of the active server's database file in bytes; null if it is not known.</param>
    /// <param name="current">The probe interval that there is, in milliseconds; null if there is none.</param>
    public static int? ProbeInterval(long? fileLength, long? current)
    {
        var needed = (fileLength ?? 0) >> 20;
        var wanted = needed < SmallestStep / 2 ? 0 : StepFor(needed) * 1000;
        if (current > wanted && current <= LargestStep * 1000 && (fileLength is null || needed * Slack * 1000 >= current))
        {
            return (int)current;
        }

        return wanted == 0 ? null : wanted;
    }

    private static int StepFor(long needed)
    {
        var step = SmallestStep;
        while (step < needed && step < LargestStep)
        {
            step *= 2;
        }

        return step;
    }
}
