using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace OvndbOcf.Campaign.Report.Writing;

/// <summary>A piece of HTML or SVG. What is put into one is escaped, unless it is a piece itself.</summary>
/// <param name="Text">The markup.</param>
internal readonly record struct Markup(string Text)
{
    /// <summary>No markup.</summary>
    public static Markup None { get; } = new("");

    /// <summary>The literal parts are taken as markup, and the holes as text.</summary>
    public static Markup Of(Handler parts) => new(parts.Take());

    /// <summary>One after the other, each on a line.</summary>
    public static Markup Lines(IEnumerable<Markup> pieces) => new(string.Join('\n', pieces.Select(piece => piece.Text)));

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Puts a piece together.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Handler(int literals, int holes)
    {
        private readonly StringBuilder builder = new(literals + (holes * 16));

        public void AppendLiteral(string literal) => builder.Append(literal);

        public void AppendFormatted(Markup piece) => builder.Append(piece.Text);

        public void AppendFormatted(IEnumerable<Markup> pieces) => builder.Append(Lines(pieces).Text);

        public void AppendFormatted(string? text) => builder.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(int number) => builder.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(double number) => builder.Append(CultureInfo.InvariantCulture, $"{number:0.##}");

        public string Take() => builder.ToString();
    }
}
