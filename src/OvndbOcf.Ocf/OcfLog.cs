using System.Globalization;
using System.Text;

namespace OvndbOcf.Ocf;

/// <summary>
/// Messages to stderr in the form of the OCF shell functions, <c>AGENT(RESOURCE)[PID]: TIME LEVEL: TEXT</c>; Pacemaker's
/// executor collects them. What comes from elsewhere (databases, commands, parameters) is made one printable line first.
/// </summary>
public sealed class OcfLog
{
    private const int LongestMessage = 2000;
    private const int LongestReason = 4000;

    private readonly TextWriter _output;
    private readonly string _tag;
    private readonly bool _debug;

    /// <summary>Writes to <paramref name="output"/> as the given resource; debug messages only if asked for.</summary>
    public OcfLog(TextWriter output, string resourceName, bool debug)
    {
        _output = output;
        _tag = string.Create(CultureInfo.InvariantCulture, $"ovndb-servers({OneLine(resourceName, 200)})[{Environment.ProcessId}]");
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
    public void Warning(string message) => Write("WARNING", message);

    /// <summary>Something failed.</summary>
    public void Error(string message) => Write("ERROR", message);

    /// <summary>
    /// The one line that crm_mon shows for a failed action (<c>ocf-exit-reason:TEXT</c>, a Pacemaker convention); the executor logs it like any other.
    /// </summary>
    public void ExitReason(string reason) => _output.WriteLine("ocf-exit-reason:" + OneLine(reason, LongestReason));

    /// <summary>The text with control and formatting characters and line ends made harmless, cut to a length in characters.</summary>
    public static string OneLine(string text, int longest)
    {
        var line = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var character in text.AsSpan().Trim())
        {
            if (line.Length >= longest)
            {
                line.Append("...");
                break;
            }

            line.Append(IsHarmless(character) ? character : ' ');
        }

        return line.ToString();
    }

    // Marks that turn the direction of writing make a line look like another one.
    private static bool IsHarmless(char character) => char.GetUnicodeCategory(character)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private void Write(string level, string message)
    {
        var time = DateTime.Now.ToString("MMM dd HH:mm:ss", CultureInfo.InvariantCulture);
        _output.WriteLine($"{_tag}: {time} {level}: {OneLine(message, LongestMessage)}");
    }
}
