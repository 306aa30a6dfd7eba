using System.Xml.Linq;
using OvndbOcf.Bench.Output;
using Xunit;

namespace OvndbOcf.UnitTests.Bench;

public sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XElement Picture = XElement.Parse(Chart.Write(Reports.Some));

    [Fact]
    public void Times_have_a_bar_and_a_whisker_for_each_agent_and_counts_have_none()
    {
        // The background and two colours of the legend are rectangles, too.
        Assert.Equal(3 + 2, Picture.Elements(Svg + "rect").Count());
        Assert.Equal(2, Picture.Elements(Svg + "path").Count());
        Assert.DoesNotContain(Picture.Elements(Svg + "text"), text => text.Value == "rows lost");
    }

    [Fact]
    public void The_longer_time_has_the_longer_bar()
    {
        var widths = Picture.Elements(Svg + "rect").Skip(3).Select(bar => (double)bar.Attribute("width")!).ToList();
        Assert.True(widths[0] < widths[1]);
    }

    [Fact]
    public void Panels_tell_section_unit_and_scale() =>
        Assert.Contains(Picture.Elements(Svg + "text"), text => text.Value == "monitor (ms), logarithmic scale");

    [Fact]
    public void Nothing_outside_is_needed_to_show_it()
    {
        Assert.DoesNotContain(Picture.DescendantsAndSelf(), element => element.Name.LocalName is "script" or "image" or "use" or "style");
        Assert.DoesNotContain(Picture.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName == "href");
    }
}
