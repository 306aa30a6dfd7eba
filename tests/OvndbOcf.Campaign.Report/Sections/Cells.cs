using OvndbOcf.Campaign.Report.Writing;

namespace OvndbOcf.Campaign.Report.Sections;

/// <summary>The cells that several tables have.</summary>
internal static class Cells
{
    /// <summary>A number that should be zero.</summary>
    public static Markup Number(int number) =>
        number > 0
            ? Markup.Of($"""<td class="n"><span class="bad">✘ {number}</span></td>""")
            : Markup.Of($"""<td class="n">{number}</td>""");

    /// <summary>A duration, if there is one.</summary>
    public static Markup Duration(double? seconds) =>
        Markup.Of($"""<td class="n">{(seconds is { } known ? Words.Seconds(known) : "–")}</td>""");

    /// <summary>A recovery, which should be there.</summary>
    public static Markup Recovery(double? seconds) =>
        Markup.Of(
            $"""<td class="n"><span{(seconds is null ? new Markup(" class=\"bad\"") : Markup.None)}>{Words.Recovery(seconds)}</span></td>"""
        );

    /// <summary>Nothing, in so many columns.</summary>
    public static Markup Empty(int columns) => Markup.Of($"""<td class="edge quiet" colspan="{columns}">–</td>""");
}
