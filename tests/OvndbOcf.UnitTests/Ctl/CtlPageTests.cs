using System.Text.Json;
using OvndbOcf.ClusterTests.Recorded;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Moving;
using OvndbOcf.Ctl.Output;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>docs/ovndbctl.md shows what the commands print.</summary>
public sealed class CtlPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Product.Root(), "docs", "ovndbctl.md"));

    // What these print depends on what is done with them: other tests compare.
    private static readonly string[] OthersOfThePage =
    [
        "switchover --to",
        "failover",
        "snapshots diff",
        "snapshots restore",
        "backup",
        "restore",
    ];

    [Fact]
    public void What_commands_show_on_the_page_was_recorded_on_a_real_cluster()
    {
        var recorded = Directory
            .GetFiles(Path.Combine(Product.Root(), "tests", "recorded"), "*.txt")
            .SelectMany(file => Recording.Read(File.ReadAllText(file)))
            .ToLookup(command => command.Command, command => command.Output);
        var examples = ExamplesOnPage().Where(example => !OthersOfThePage.Any(IsOf(example.Command))).ToList();
        Assert.Equal(
            ["check", "history", "list", "snapshots", "switchover", "why"],
            examples.Select(example => example.Command.Split(' ')[1]).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.All(examples, example => Assert.Contains(example.Output, recorded[example.Command]));
    }

    private static Func<string, bool> IsOf(string command) =>
        other =>
            command.StartsWith($"ovndbctl {other}", StringComparison.Ordinal) && !command.EndsWith("--dry-run", StringComparison.Ordinal);

    /// <summary>The commands in blocks of the page, with what is under them.</summary>
    private static IEnumerable<(string Command, string Output)> ExamplesOnPage()
    {
        const string Indent = "    ";
        const string Prompt = Indent + "# ";
        string? command = null;
        var output = new List<string>();
        foreach (var line in Page.Split('\n').Append("end"))
        {
            var isInside = line.Length == 0 || line.StartsWith(Indent, StringComparison.Ordinal);
            if (command is not null && (!isInside || line.StartsWith(Prompt, StringComparison.Ordinal)))
            {
                yield return (command, string.Join('\n', output).TrimEnd('\n') + "\n");
                command = null;
            }

            if (line.StartsWith(Prompt + "ovndbctl", StringComparison.Ordinal))
            {
                command = line[Prompt.Length..];
                output.Clear();
            }
            else if (command is not null)
            {
                output.Add(line.Length == 0 ? line : line[Indent.Length..]);
            }
        }
    }

    [Fact]
    public void A_switchover_is_as_on_the_page()
    {
        var view = CtlSamples.View(CtlSamples.Healthy);
        var plan = SwitchoverPlan.Decide(view, "node2", isSentAhead: true);
        var after = view with { Active = "node2", Promotion = view.Promotion! with { Number = 5, Node = "node2", Complete = true } };
        var result = SwitchoverText.Result(plan, true, after, new Outage(TimeSpan.FromSeconds(1.25), IsOver: true), false, null);
        Assert.Contains(OnPage(SwitchoverText.Plan(plan, CtlSamples.Plain) + result), Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_member_of_the_JSON_is_on_the_page()
    {
        var view = CtlSamples.View(CtlSamples.Healthy with { Status = null, IsLive = false });
        using var listed = JsonDocument.Parse(CtlJson.Write(view));
        using var explained = JsonDocument.Parse(CtlJson.Write(Why.Nobody(view)));
        var names = NamesIn(listed.RootElement).Concat(NamesIn(explained.RootElement)).Distinct().ToList();
        Assert.Contains("isPromotable", names);
        Assert.All(
            names,
            name =>
                Assert.True(
                    Page.Contains($"`{name}`", StringComparison.Ordinal) || Page.Contains($"`{name}[]`", StringComparison.Ordinal),
                    $"{name} is not on the page"
                )
        );
    }

    internal static IEnumerable<string> NamesIn(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => NamesIn(member.Value).Prepend(member.Name)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(NamesIn),
            _ => [],
        };

    private static string OnPage(string text) =>
        string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? line : "    " + line));
}
