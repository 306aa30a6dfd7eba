using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OvndbOcf.Campaign.Report;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Report;

/// <summary>What only a browser can tell: whether the page can be read.</summary>
[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Chromium)]
public sealed class LayoutTests
{
    private static readonly string Page = HtmlReport.Write([
        Campaigns.Ours(12),
        Campaigns.Shell(12),
        Campaigns.Of(
            "ours",
            Campaigns.Fault(1, name: "<script>window.hacked=true</script><img src=x onerror=window.hacked=true>") with
            {
                Target = "a-node-with-a-name-that-is-longer-than-anybody-would-want",
            }
        )
            is var odd
            ? odd with
            {
                Setup = odd.Setup with { Release = "trixie" },
            }
            : odd,
    ]);

    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(800, 1100)]
    public async Task No_text_lies_on_another_or_leaves_its_picture(int width, int height)
    {
        using var browser = new Browser();
        var findings = await MeasureAsync(browser, Page, width, height);
        Assert.Empty(findings["errors"]!.AsArray().Select(error => (string?)error));
        Assert.Empty(findings["overlaps"]!.AsArray().Select(overlap => (string?)overlap));
        Assert.Empty(findings["outside"]!.AsArray().Select(text => (string?)text));
        Assert.Equal(25, (int)findings["pictures"]!);
        Assert.InRange((int)findings["texts"]!, 1000, 10000);
        Assert.InRange((int)findings["wider"]!, int.MinValue, 0);
        Assert.False((bool)findings["hacked"]!);
    }

    [Fact]
    public async Task What_the_measurement_is_to_find_is_found()
    {
        using var browser = new Browser();
        const string Broken =
            "<!DOCTYPE html><html><head></head><body><p>one</p><p style=\"margin-top:-30px\">two</p><svg class=\"timeline\" width=\"50\" height=\"50\"><text x=\"30\" y=\"20\">outside</text></svg><script>nothing.there()</script><div style=\"width:3000px\">wide</div></body></html>";
        var findings = await MeasureAsync(browser, Broken, 800, 600);
        Assert.Equal("one | two", (string?)Assert.Single(findings["overlaps"]!.AsArray()));
        Assert.Equal("outside", (string?)Assert.Single(findings["outside"]!.AsArray()));
        Assert.Contains("nothing", (string?)Assert.Single(findings["errors"]!.AsArray()), StringComparison.Ordinal);
        Assert.InRange((int)findings["wider"]!, 2000, 3000);
    }

    [Fact]
    public async Task A_picture_of_it_has_the_size_of_the_screen_and_colours()
    {
        using var browser = new Browser();
        var image = PngImage.Read(await browser.PictureAsync(Page, 1920, 1080, TestContext.Current.CancellationToken));
        Assert.Equal((1920, 1080), (image.Width, image.Height));
        Assert.InRange(image.Colours, 10, int.MaxValue);
    }

    /// <summary>Lets the browser measure a copy of the page that has the measuring script in it.</summary>
    private static async Task<JsonNode> MeasureAsync(Browser browser, string page, int width, int height)
    {
        const string Watch =
            "<script>window.seenErrors=[];addEventListener('error',event=>seenErrors.push(event.message),true);for(const kind of ['error','warn'])console[kind]=(...told)=>seenErrors.push(told.join(' '));</script>";
        var copy = page.Replace("<head>", "<head>" + Watch, StringComparison.Ordinal)
            .Replace("</body>", $"<script>{await ScriptAsync()}</script></body>", StringComparison.Ordinal);
        var seen = await browser.DumpAsync(copy, width, height, TestContext.Current.CancellationToken);
        var findings = Regex.Match(seen, "<pre id=\"findings\">(.*?)</pre>", RegexOptions.Singleline);
        Assert.True(findings.Success, "the measuring script left nothing");
        return JsonNode.Parse(WebUtility.HtmlDecode(findings.Groups[1].Value))!;
    }

    private static async Task<string> ScriptAsync()
    {
        using var reader = new StreamReader(typeof(LayoutTests).Assembly.GetManifestResourceStream("measure.js")!);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
