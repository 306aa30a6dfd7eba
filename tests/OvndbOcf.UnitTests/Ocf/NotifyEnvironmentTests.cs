using OvndbOcf.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Ocf;

public sealed class NotifyEnvironmentTests
{
    [Fact]
    public void Without_any_variable_there_is_no_notification_and_every_list_is_empty()
    {
        var notify = Read();
        Assert.Equal((NotifyType.None, NotifyOperation.None), (notify.Type, notify.Operation));
        Assert.All(Lists(notify), Assert.Empty);
        Assert.Null(notify.StayingPromoted);
    }

    [Theory]
    [InlineData("promoted")]
    [InlineData("master")]
    public void Both_generations_of_names_are_read(string promoted)
    {
        var notify = Read(
            ("type", "post"),
            ("operation", "promote"),
            (promoted + "_uname", "ctl-1 ctl-2"),
            ("promote_uname", "ctl-3"),
            ("demote_uname", "ctl-2 ctl-4"),
            ("start_uname", "ctl-5"),
            ("stop_uname", "ctl-6")
        );
        Assert.Equal((NotifyType.Post, NotifyOperation.Promote), (notify.Type, notify.Operation));
        Assert.Equal(["ctl-1", "ctl-2"], notify.Promoted);
        Assert.Equal(["ctl-3"], notify.Promoting);
        Assert.Equal(["ctl-2", "ctl-4"], notify.Demoting);
        Assert.Equal(["ctl-5"], notify.Starting);
        Assert.Equal(["ctl-6"], notify.Stopping);
    }

    [Fact]
    public void Where_both_generations_are_given_the_newer_counts()
    {
        Assert.Equal(["new"], Read(("promoted_uname", "new"), ("master_uname", "old")).Promoted);
        Assert.Equal(["same"], Read(("promoted_uname", "same"), ("master_uname", "same")).Promoted);
        Assert.Empty(Read(("promoted_uname", " "), ("master_uname", "old")).Promoted);
    }

    [Fact]
    public void A_blank_is_how_Pacemaker_writes_an_empty_list() =>
        Assert.All(
            Lists(Read(("promoted_uname", " "), ("promote_uname", " "), ("demote_uname", " "), ("start_uname", " "), ("stop_uname", " "))),
            Assert.Empty
        );

    [Fact]
    public void Blanks_around_and_between_names_do_not_matter() =>
        Assert.Equal(["ctl-1", "ctl-2"], Read(("promoted_uname", "  ctl-1 \t ctl-2  ")).Promoted);

    [Fact]
    public void The_lists_of_resources_are_not_those_of_nodes() =>
        Assert.All(
            Lists(Read(("promoted_resource", "ovndb:0"), ("master_resource", "ovndb:0"), ("unpromoted_uname", "ctl-1"))),
            Assert.Empty
        );

    [Theory]
    [InlineData("pre", NotifyType.Pre)]
    [InlineData("post", NotifyType.Post)]
    [InlineData("Post", NotifyType.None)]
    [InlineData("during", NotifyType.None)]
    [InlineData(" ", NotifyType.None)]
    public void The_type_is_before_or_after(string text, NotifyType type) => Assert.Equal(type, Read(("type", text)).Type);

    [Theory]
    [InlineData("start", NotifyOperation.Start)]
    [InlineData("stop", NotifyOperation.Stop)]
    [InlineData("promote", NotifyOperation.Promote)]
    [InlineData("demote", NotifyOperation.Demote)]
    [InlineData("promoted", NotifyOperation.None)]
    [InlineData("monitor", NotifyOperation.None)]
    public void The_operation_is_one_of_four(string text, NotifyOperation operation) =>
        Assert.Equal(operation, Read(("operation", text)).Operation);

    [Theory]
    [InlineData("", "", "", null)]
    [InlineData("ctl-1", "", "", "ctl-1")]
    [InlineData("ctl-1", "ctl-1", "", null)]
    [InlineData("ctl-1", "", "ctl-1", null)]
    [InlineData("ctl-1", "ctl-10", "ctl-1x", "ctl-1")]
    [InlineData("ctl-1 ctl-2", "ctl-1", "", "ctl-2")]
    [InlineData("ctl-1 ctl-2", "", "ctl-1 ctl-2", null)]
    [InlineData("ctl-1 ctl-2 ctl-3", "ctl-1", "ctl-2", "ctl-3")]
    public void Who_is_neither_demoted_nor_stopped_stays_promoted(string promoted, string demoting, string stopping, string? staying) =>
        Assert.Equal(
            staying,
            Read(
                ("promoted_uname", promoted),
                ("demote_uname", demoting),
                ("stop_uname", stopping),
                ("promote_uname", "ctl-9")
            ).StayingPromoted
        );

    private static IEnumerable<IReadOnlyList<string>> Lists(NotifyEnvironment notify) =>
        [notify.Promoted, notify.Promoting, notify.Demoting, notify.Starting, notify.Stopping];

    private static NotifyEnvironment Read(params (string Name, string Value)[] variables) =>
        NotifyEnvironment.From(
            OcfEnvironment.From(
                "ovndb-servers",
                variables.Select(pair => KeyValuePair.Create<string, string?>("OCF_RESKEY_CRM_meta_notify_" + pair.Name, pair.Value))
            )
        );
}
