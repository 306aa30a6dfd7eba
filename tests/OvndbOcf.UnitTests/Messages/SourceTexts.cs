using System.Text;

namespace OvndbOcf.UnitTests.Messages;

/// <summary>A string of a C# source.</summary>
/// <param name="Text">What is in it; an ellipsis in place of each expression.</param>
/// <param name="Calls">The names of the calls that it is an argument of, the outermost first.</param>
internal sealed record SourceText(string Text, IReadOnlyList<string> Calls);

/// <summary>
/// Finds the strings in C# sources of this project: ordinary and interpolated ones, those within expressions of the latter, and those that <c>+</c> puts together. No raw or verbatim ones.
/// </summary>
internal sealed class SourceTexts
{
    private readonly string _source;
    private readonly List<SourceText> _found = [];
    private readonly List<string> _calls = [];
    private int _at;

    private SourceTexts(string source) => _source = source;

    /// <summary>All strings of a source.</summary>
    public static IReadOnlyList<SourceText> In(string source)
    {
        var reader = new SourceTexts(source);
        reader.ReadUntil(null);
        return reader._found;
    }

    private bool IsAt(string text) => string.CompareOrdinal(_source, _at, text, 0, text.Length) == 0;

    // Code until the bracket that ends an expression within a string, or the end of the source.
    private void ReadUntil(char? end)
    {
        var depth = 0;
        StringBuilder? text = null;
        while (_at < _source.Length)
        {
            var character = _source[_at];
            if (end is not null && depth == 0 && character == end)
            {
                break;
            }

            if (IsAt("//"))
            {
                _at = _source.IndexOf('\n', _at) is var newLine and >= 0 ? newLine : _source.Length;
            }
            else if (character == '\'')
            {
                _at += _source[_at + 1] == '\\' ? 4 : 3;
            }
            else if (character == '"' || IsAt("$\""))
            {
                text ??= new StringBuilder();
                text.Append(ReadString());
            }
            else
            {
                // What stands between two strings puts them together only if it is a plus.
                if (!char.IsWhiteSpace(character) && !(character == '+' && text is not null))
                {
                    Add(ref text);
                    depth += character switch
                    {
                        '{' => 1,
                        '}' => -1,
                        _ => 0,
                    };
                    NoteCall(character);
                }

                _at++;
            }
        }

        Add(ref text);
    }

    private void Add(ref StringBuilder? text)
    {
        if (text is not null)
        {
            _found.Add(new SourceText(text.ToString(), [.. _calls]));
            text = null;
        }
    }

    private void NoteCall(char character)
    {
        if (character == '(')
        {
            var start = _at;
            while (start > 0 && (char.IsLetterOrDigit(_source[start - 1]) || _source[start - 1] is '.' or '_'))
            {
                start--;
            }

            _calls.Add(_source[start.._at]);
        }
        else if (character == ')' && _calls.Count > 0)
        {
            _calls.RemoveAt(_calls.Count - 1);
        }
    }

    private string ReadString()
    {
        var isInterpolated = _source[_at] == '$';
        _at += isInterpolated ? 2 : 1;
        var text = new StringBuilder();
        for (; _source[_at] != '"'; _at++)
        {
            var character = _source[_at];
            if (character == '\\')
            {
                text.Append(_source[++_at]);
            }
            else if (isInterpolated && character is '{' or '}' && _source[_at + 1] == character)
            {
                text.Append(_source[++_at]);
            }
            else if (isInterpolated && character == '{')
            {
                _at++;
                ReadUntil('}');
                text.Append('…');
            }
            else
            {
                text.Append(character);
            }
        }

        _at++;
        return text.ToString();
    }
}
