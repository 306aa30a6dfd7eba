using OvndbOcf.Ctl.Checks.Rules;

namespace OvndbOcf.Ctl.Checks.Reports;

/// <summary>What a check ends with, as plugins of Nagios and its relatives do.</summary>
internal enum CheckExit
{
    /// <summary>Nothing above a hint.</summary>
    Nothing = 0,

    /// <summary>Warnings.</summary>
    Warnings = 1,

    /// <summary>Errors.</summary>
    Errors = 2,

    /// <summary>There was nothing to judge: no configuration, or no resource.</summary>
    CannotTell = 3,
}

/// <summary>The result of a check.</summary>
/// <param name="Resource">The resource; null if none could be checked.</param>
/// <param name="Node">The node that checked; null if that is not known.</param>
/// <param name="Findings">What was found, the worst first.</param>
/// <param name="Problem">Why nothing could be checked; null otherwise.</param>
internal sealed record CheckReport(string? Resource, string? Node, IReadOnlyList<Finding> Findings, string? Problem)
{
    /// <summary>The exit status.</summary>
    public CheckExit Exit =>
        Problem is not null ? CheckExit.CannotTell
        : Findings.Any(finding => finding.Severity == Severity.Error) ? CheckExit.Errors
        : Findings.Any(finding => finding.Severity == Severity.Warning) ? CheckExit.Warnings
        : CheckExit.Nothing;

    /// <summary>Without findings that matter less.</summary>
    public CheckReport AtLeast(Severity severity) => this with { Findings = [.. Findings.Where(finding => finding.Severity >= severity)] };

    /// <summary>How many findings there are of a severity.</summary>
    public int Count(Severity severity) => Findings.Count(finding => finding.Severity == severity);
}
