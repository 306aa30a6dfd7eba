namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>How much a finding matters. The order is that of importance.</summary>
internal enum Severity
{
    /// <summary>Something could not be looked at; nothing is known against it.</summary>
    Unknown,

    /// <summary>It works; something else would be better.</summary>
    Hint,

    /// <summary>It costs something when a fault comes.</summary>
    Warning,

    /// <summary>Databases are not available, or may lose rows, or will not survive a fault.</summary>
    Error,
}

/// <summary>What a rule has against a cluster.</summary>
/// <param name="Reason">Cause first, then what it means or what to do.</param>
/// <param name="Command">The command that mends it, for a shell on this node; null where a person has to decide something first.</param>
internal sealed record Problem(string Reason, string? Command = null);

/// <summary>What a rule says: problems, and what it could not look at. Neither: all is well, or it does not apply.</summary>
/// <param name="Problems">What is wrong.</param>
/// <param name="Unknown">Why something could not be judged.</param>
internal sealed record Verdict(IReadOnlyList<Problem> Problems, IReadOnlyList<string> Unknown)
{
    /// <summary>Nothing to say.</summary>
    public static Verdict Fine { get; } = new([], []);

    /// <summary>One problem.</summary>
    public static Verdict Of(string reason, string? command = null) => new([new Problem(reason, command)], []);

    /// <summary>Several ones, or none.</summary>
    public static Verdict Of(IEnumerable<Problem> problems) => new([.. problems], []);

    /// <summary>Nothing could be judged.</summary>
    public static Verdict Undecided(string why) => new([], [why]);

    /// <summary>What several verdicts say.</summary>
    public static Verdict All(IEnumerable<Verdict> verdicts)
    {
        var all = verdicts.ToList();
        return new([.. all.SelectMany(verdict => verdict.Problems)], [.. all.SelectMany(verdict => verdict.Unknown).Distinct()]);
    }
}

/// <summary>A finding, as it is told.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Reason">What was found, or why nothing could be.</param>
/// <param name="Command">The command that mends it; null if there is none.</param>
internal sealed record Finding(string Id, Severity Severity, string Reason, string? Command);
