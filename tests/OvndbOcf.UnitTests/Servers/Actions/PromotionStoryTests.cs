using System.Net;
using System.Text.RegularExpressions;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Actions;
using Xunit;

namespace OvndbOcf.UnitTests.Servers.Actions;

/// <summary>One search for a promotion's number finds each step of it in the logs, as docs/messages.md says.</summary>
public sealed partial class PromotionStoryTests
{
    private const string End = "promotion 8 makes way for promotion 9: ";

    [Fact(Timeout = 20000)]
    public async Task A_promotion_is_told_with_the_one_before_and_what_the_copy_is_worth()
    {
        using var stage = await ActionStage.OfPromotedAsync();
        Assert.Equal(
            [
                "promotion 8: begins on ctl-1 after promotion 7 on ctl-2; the copy here is Current",
                "promotion 8: NB and SB databases on ctl-1 are active, with all that had been replicated; what the former active servers had not sent yet is in their files",
            ],
            Story(stage, 8)
        );
    }

    [Fact(Timeout = 20000)]
    public async Task A_promotion_that_is_asked_for_again_goes_on()
    {
        using var stage = await ActionStage.OfPromotedAsync();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(actions => actions.PromoteAsync()));
        Assert.StartsWith("promotion 8: goes on on ctl-1; ", Story(stage, 8)[2], StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task The_first_promotion_has_none_before_it()
    {
        using var stage = new ActionStage();
        foreach (var database in stage.Databases)
        {
            database.State = ServerState.Disconnected;
        }

        Assert.Equal(ActionResult.Success, await stage.RunAsync(actions => actions.PromoteAsync()));
        Assert.StartsWith("promotion 1: begins on ctl-1; the copy here is ", Story(stage, 1)[0], StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_planned_retirement_is_told_as_the_beginning_of_the_next_promotion()
    {
        using var stage = await ActionStage.OfPromotedAsync();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Demote));
        Assert.Equal(
            [
                End + "closed, nothing was written after the closing marker",
                End + "NB and SB databases are demoted, and take no more writes",
            ],
            Story(stage, 9)
        );
    }

    [Fact(Timeout = 20000)]
    public async Task A_retirement_that_cannot_be_closed_says_so_in_the_same_story()
    {
        using var stage = await ActionStage.OfPromotedAsync();
        stage.Northbound.HasLateWrite = true;
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Demote, failing: "SB takes marker 8 closed"));
        var story = Story(stage, 9);
        Assert.Contains(story, line => line.StartsWith(End + "NB: rows were written", StringComparison.Ordinal));
        Assert.Contains(End + "SB takes marker 8 closed: failed; the next active server cannot prove that its copy is complete", story);
        Assert.DoesNotContain(story, line => line.StartsWith(End + "closed", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task A_demotion_after_a_crash_is_told_as_the_beginning_of_the_next_promotion()
    {
        using var stage = await ActionStage.OfPromotedAsync();
        stage.Northbound.State = ServerState.NotRunning;
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Demote));
        Assert.Equal([End + "NB and SB databases are demoted, and take no more writes"], Story(stage, 9));
    }

    [Fact(Timeout = 20000)]
    public async Task A_demotion_without_a_record_names_no_number()
    {
        using var stage = await ActionStage.OfPromotedAsync();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Demote, failing: "configuration is read"));
        Assert.Contains("INFO: NB and SB databases are demoted", stage.Messages, StringComparison.Ordinal);
        Assert.Empty(Story(stage, 9));
    }

    [Fact(Timeout = 20000)]
    public async Task Backups_tell_what_they_set_aside_and_whom_they_follow()
    {
        using var stage = ActionStage
            .OfBackups()
            .WithMeta("notify_type", "post")
            .WithMeta("notify_operation", "promote")
            .WithMeta("notify_promote_uname", "ctl-2");
        stage.Cluster.Record = ActionStage.Record(8, "ctl-2") with { Previous = ActionStage.Seven.Marker.Id };
        Assert.Equal(ActionResult.Success, await stage.RunAsync(actions => actions.NotifyAsync()));
        var story = Story(stage, 8);
        foreach (var label in (string[])["NB", "SB"])
        {
            Assert.Contains(story, line => line.StartsWith($"promotion 8: {label}: this copy may hold rows", StringComparison.Ordinal));
            Assert.Contains($"promotion 8: {label} is a backup of 10.0.0.9", story);
        }
    }

    [Fact(Timeout = 20000)]
    public async Task Copies_that_have_caught_up_are_told_once()
    {
        using var stage = ActionStage.OfBackups();
        stage.Northbound.SourceEnd = new IPEndPoint(IPAddress.Parse("192.0.2.2"), 16641);
        stage.Southbound.SourceEnd = new IPEndPoint(IPAddress.Parse("192.0.2.2"), 16642);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(ActionResult.Success, await stage.RunAsync(actions => actions.StartAsync()));
            Assert.Equal(["promotion 7: the copies here have caught up with ctl-2"], Story(stage, 7));
        }
    }

    [Fact]
    public void The_last_number_has_none_after_it() =>
        Assert.Equal(
            $"promotion {long.MaxValue} makes way for promotion {long.MaxValue}",
            PromotionStory.EndOf(ActionStage.Record(1, "ctl-2").Marker with { Number = long.MaxValue })
        );

    private static Task<ActionResult> Demote(OcfActions actions) => actions.DemoteAsync();

    // What the search of docs/messages.md finds, without what comes before each message.
    private static List<string> Story(ActionStage stage, long number) =>
        [
            .. stage
                .Messages.Split('\n')
                .Where(line => Regex.IsMatch(line, $": promotion ([0-9]+ makes way for promotion )?{number}: "))
                .Select(line => Front().Replace(line, string.Empty)),
        ];

    [GeneratedRegex("^.*?(INFO|WARNING): ")]
    private static partial Regex Front();
}
