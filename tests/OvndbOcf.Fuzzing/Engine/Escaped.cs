using System.Globalization;
using System.Text;

namespace OvndbOcf.Fuzzing.Engine;

/// <summary>Bytes as printable ASCII.</summary>
public static class Escaped
{
    private const int MaxCharacters = 2000;

    /// <summary>Printable characters as they are, others as <c>\xNN</c>; cut where it gets long.</summary>
    public static string Text(byte[] bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes.AsSpan(0, Math.Min(bytes.Length, MaxCharacters)))
        {
            text.Append(
                value is >= 0x20 and < 0x7f and not (byte)'\\'
                    ? ((char)value).ToString()
                    : string.Create(CultureInfo.InvariantCulture, $"\\x{value:x2}")
            );
        }

        return bytes.Length > MaxCharacters ? text.Append("...").ToString() : text.ToString();
    }
}
