using System.Globalization;
using System.Text;

namespace OvndbOcf.Ocf;

/// <summary>
/// Messages to stderr in the form of the OCF shell functions, <c>AGENT(RESOURCE)[PID]: TIME LEVEL: TEXT</c>; Pacemaker's
/// executor collects them in its own log. Warnings, errors and exit reasons go to the system log, too, as from <c>ocf_log</c>. What comes from elsewhere (databases, commands, parameters) is made one printable line first.
/// </summary>
public sealed class OcfLog
{
    private const int MessageMaxCharacters = 2000;
    private const int ReasonMaxCharacters = 4000;
    private const int ErrorSeverity = 3;
    private const int WarningSeverity = 4;

    private readonly TextWriter _output;
    private readonly string _tag;
    private readonly bool _debug;
    private readonly Syslog? _syslog;

    /// <summary>Writes to <paramref name="output"/> as the given resource; debug messages only if asked for.</summary>
    /// <param name="output">Where every message goes.</param>
    /// <param name="agent">The agent's name.</param>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="debug">Whether debug messages are wanted.</param>
    /// <param name="syslog">Where warnings and errors go as well; null for nowhere.</param>
    public OcfLog(TextWriter output, string agent, string resourceName, bool debug, Syslog? syslog = null)
    {
        _syslog = syslog;
        _output = output;
        _tag = string.Create(CultureInfo.InvariantCulture, $"{agent}({OneLine(resourceName, 200)})[{Environment.ProcessId}]");
        _debug = debug;
    }

    /// <summary>Something that only a developer or a support case wants to see.</summary>
    public void Debug(string message)
    {
        if (_debug)
        {
            Write("DEBUG", message);
        }
    }

    /// <summary>Something that an operator who reads along wants to see.</summary>
    public void Info(string message) => Write("INFO", message);

    /// <summary>Something is not as it should be, and the action goes on.</summary>
    public void Warning(string message) => Write("WARNING", message, WarningSeverity);

    /// <summary>Something failed.</summary>
    public void Error(string message) => Write("ERROR", message, ErrorSeverity);

    /// <summary>
    /// The one line that crm_mon shows for a failed action (<c>ocf-exit-reason:TEXT</c>, a Pacemaker convention); the executor logs it like any other.
    /// </summary>
    public void ExitReason(string reason)
    {
        _output.WriteLine("ocf-exit-reason:" + OneLine(reason, ReasonMaxCharacters));
        _syslog?.Send(ErrorSeverity, _tag, "ERROR: " + OneLine(reason, MessageMaxCharacters));
    }

    /// <summary>The text with control and formatting characters and line ends made harmless, cut to a length in characters.</summary>
    public static string OneLine(string text, int maxLength)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var character in text.AsSpan().Trim())
        {
            if (line.Length >= maxLength)
            {
                line.Append("...");
                break;
            }

            line.Append(IsHarmless(character) ? character : ' ');
        }

        return line.ToString();
    }

    // Marks that turn the direction of writing make a line look like another one.
    private static bool IsHarmless(char character) =>
        char.GetUnicodeCategory(character)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );

    private void Write(string level, string message, int? severity = null)
    {
        var time = DateTime.Now.ToString("MMM dd HH:mm:ss", CultureInfo.InvariantCulture);
        var text = $"{level}: {OneLine(message, MessageMaxCharacters)}";
        _output.WriteLine($"{_tag}: {time} {text}");
        if (severity is { } known)
        {
            _syslog?.Send(known, _tag, text);
        }
    }
}
