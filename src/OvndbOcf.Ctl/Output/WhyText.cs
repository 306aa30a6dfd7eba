using System.Text;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Output;

/// <summary>An explanation as text: what <c>ovndbctl why</c> prints. Pure.</summary>
internal static class WhyText
{
    /// <summary>The text.</summary>
    public static string Render(Explanation explanation, RenderOptions options)
    {
        var text = new StringBuilder();
        foreach (var fact in explanation.Facts)
        {
            var (sign, ink) = fact.Holds switch
            {
                true => ("+ ", Ink.Green),
                false => ("- ", Ink.Red),
                null => ("? ", Ink.Yellow),
            };
            text.Append(sign.In(ink, options)).Append(Wrap.Lines(fact.Text, sign, "  ", options.Width)[sign.Length..]).Append('\n');
        }

        text.Append('\n')
            .Append(Wrap.Lines(explanation.Conclusion, string.Empty, string.Empty, options.Width).In(Ink.Bold, options))
            .Append('\n');
        if (explanation.NextStep is { } command)
        {
            text.Append("Next: ").Append(command).Append('\n');
        }

        return text.ToString();
    }
}
