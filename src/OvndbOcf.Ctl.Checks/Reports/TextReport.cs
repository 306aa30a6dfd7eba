using System.Text;
using OvndbOcf.Ctl.Checks.Rules;
using OvndbOcf.Ocf;

namespace OvndbOcf.Ctl.Checks.Reports;

/// <summary>A report for people: a paragraph for each finding, in lines of 80 columns. Only commands may be longer, so that they can be pasted.</summary>
internal static class TextReport
{
    private const int Columns = 80;
    private const int Indent = 9;
    private const int ReasonMaxCharacters = 2000;

    /// <summary>Writes it.</summary>
    public static string Write(CheckReport report)
    {
        var text = new StringBuilder();
        if (report.Problem is { } problem)
        {
            return text.AppendJoin('\n', Wrap(OcfLog.OneLine(problem, ReasonMaxCharacters), Columns)).Append('\n').ToString();
        }

        foreach (var finding in report.Findings)
        {
            text.Append(Name(finding.Severity).PadRight(Indent)).Append(finding.Id).Append('\n');
            foreach (var line in Wrap(OcfLog.OneLine(finding.Reason, ReasonMaxCharacters), Columns - Indent))
            {
                text.Append(' ', Indent).Append(line).Append('\n');
            }

            if (finding.Command is { } command)
            {
                text.Append(' ', Indent).Append("$ ").Append(command).Append('\n');
            }

            text.Append('\n');
        }

        return text.Append(Summary(report)).Append('\n').ToString();
    }

    /// <summary>The severity in lower case, as it is written everywhere.</summary>
    public static string Name(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            Severity.Hint => "hint",
            Severity.Unknown => "unknown",
            _ => throw new ArgumentOutOfRangeException(nameof(severity)),
        };

    private static string Summary(CheckReport report)
    {
        var counts = new[]
        {
            Counted(report.Count(Severity.Error), "error"),
            Counted(report.Count(Severity.Warning), "warning"),
            Counted(report.Count(Severity.Hint), "hint"),
        }
            .OfType<string>()
            .ToList();
        var found = counts.Count == 0 ? "nothing found" : string.Join(", ", counts);
        var unknown = report.Count(Severity.Unknown) is > 0 and var number ? $"; {number} not known" : string.Empty;
        return $"{report.Resource}, seen from {report.Node ?? "this node"}: {found}{unknown}";
    }

    private static string? Counted(int number, string what) =>
        number switch
        {
            0 => null,
            1 => $"1 {what}",
            _ => $"{number} {what}s",
        };

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : string.Empty).Append(word);
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }
}
