using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class CopyAdviceTests
{
    private const string Command = "crm_attribute --allow";
    private const string Remedy = $"; start other, or accept the loss: {Command}";

    private static readonly PromotionRecord Record = new(Known.Marker(7, Known.Seventh))
    {
        Northbound = new(7, 3, 0),
        Southbound = new(20, 33, 1),
    };
    private static readonly ClusterKnowledge Cluster = new(true, Record, Known.Other);

    private static readonly DatabaseCopy Good = Known.Copy(Known.Marker(7, Known.Seventh));
    private static readonly DatabaseCopy Empty = Known.Copy(null, content: false);
    private static readonly DatabaseCopy Unmarked = Known.Copy(null);
    private static readonly DatabaseCopy Foreign = Known.Copy(Known.Marker(7, Known.Stranger));
    private static readonly DatabaseCopy Sixth = Known.Copy(Known.Marker(6, Known.Sixth));
    private static readonly DatabaseCopy Fifth = Known.Copy(Known.Marker(5, Known.Stranger));

    public static TheoryData<DatabaseCopy, DatabaseCopy, string> Texts =>
        new()
        {
            { DatabaseCopy.Unreadable, Good, "NB cannot be read; see the log of the server" },
            { Good, DatabaseCopy.Unreadable, "SB cannot be read; see the log of the server" },
            { DatabaseCopy.Unreadable, DatabaseCopy.Unreadable, "NB and SB cannot be read; see the log of the server" },
            { Empty, Good, $"no data is in NB{Remedy}" },
            { Unmarked, Empty, $"no data is in SB{Remedy}" },
            { Empty, Empty, $"no data is in NB and SB{Remedy}" },
            { Good, Unmarked, $"data of unknown age is in SB{Remedy}" },
            { Foreign, Good, $"promotion 7 of another history is in NB{Remedy}" },
            { Foreign, Foreign, $"promotion 7 of another history is in NB and SB{Remedy}" },
            { Sixth, Good, $"data is missing in NB: the copy holds promotion 6, the latest is 7 on other{Remedy}" },
            { Sixth, Fifth, $"data is missing in NB and SB: the copy holds promotion 6/5, the latest is 7 on other{Remedy}" },
            { Sixth, Sixth, $"data is missing in NB and SB: the copy holds promotion 6, the latest is 7 on other{Remedy}" },
            { Good, Good with { Schema = new(20, 33, 0) }, "SB has schema 20.33.0, the active server 20.33.1; upgrade OVN here" },
            {
                Good with
                {
                    Schema = new(7, 2),
                },
                Good with
                {
                    Schema = new(20, 33),
                },
                "NB has schema 7.2, the active server 7.3.0, SB has schema 20.33, the active server 20.33.1; upgrade OVN here"
            },
            {
                Good with
                {
                    LeftBehind = Known.Seventh,
                },
                Good,
                $"data is missing in NB: the copy was stopped while other was active{Remedy}"
            },
            {
                Known.Copy(Known.Marker(8, Known.Stranger, "third")) with
                {
                    LeftBehind = Known.Stranger,
                },
                Good,
                "data is missing in NB: the copy was stopped while third was active; check third, and start third if stopped"
            },
            {
                Sixth with
                {
                    LeftBehind = Known.Sixth,
                },
                Good,
                $"data is missing in NB: the copy holds promotion 6, the latest is 7 on other{Remedy}"
            },
            { Good, Good, string.Empty },
            { Good, Known.Copy(Known.Marker(7, Known.Seventh, closed: true)), string.Empty },
        };

    [Fact]
    public void A_file_that_was_put_back_on_the_node_that_was_active_last_is_told() =>
        Assert.Equal(
            "data is missing in NB and SB: the copy is older than the end of promotion 7, which was on this node: its file was put back, or the disk lost writes; "
                + $"start the nodes that followed me, or accept the loss: {Command}",
            Advice(
                Known.Both(Known.Copy(Known.Marker(7, Known.Seventh, Known.Me))),
                new ClusterKnowledge(true, new PromotionRecord(Known.Marker(7, Known.Seventh, Known.Me, closed: true)), Known.Me)
            )
        );

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_names_the_database_what_was_seen_and_the_remedy(DatabaseCopy northbound, DatabaseCopy southbound, string text) =>
        Assert.Equal(text, Advice(new CopyPair(northbound, southbound), Cluster));

    [Theory]
    [InlineData(CopyState.LastActive, true)]
    [InlineData(CopyState.Complete, false)]
    [InlineData(CopyState.Current, false)]
    [InlineData(CopyState.Unverified, false)]
    public void Of_a_node_that_is_not_able_it_says_why_and_where_rows_are_that_nobody_else_has(CopyState state, bool hasRowsOfItsOwn) =>
        Assert.Equal(
            "the disk is full: another node is promoted first if its copy is not behind"
                + (hasRowsOfItsOwn ? "; rows that were not sent to the others stay in the files here" : string.Empty),
            CopyAdvice.Unable(state, "the disk is full")
        );

    [Fact]
    public void One_that_was_cut_off_is_told_so() =>
        Assert.Equal(
            $"data is missing in NB and SB: the copy was cut off while other was active{Remedy}",
            Advice(Known.Both(Good), Cluster with { Latest = Record with { Outdated = [Known.Me] } })
        );

    [Fact]
    public void One_that_was_cut_off_before_its_node_got_another_name_is_told_so() =>
        Assert.Equal(
            $"data is missing in NB and SB: the copy was cut off while other was active, when this node was called former{Remedy}",
            Advice(Known.Both(Good with { Holder = "former" }), Cluster with { Latest = Record with { Outdated = ["former"] } })
        );

    [Fact]
    public void A_record_in_an_unknown_form_is_told() =>
        Assert.StartsWith(
            "a promotion is on record, of this resource or another one, in a form that this version of the agent does not know",
            Advice(Known.Both(Good), Cluster with { Latest = null, IsRecordUnknown = true }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_configuration_that_cannot_be_read_is_told_before_anything_else() =>
        Assert.Equal(
            "the cluster's configuration cannot be read; check pacemaker-based",
            Advice(Known.Both(DatabaseCopy.Unreadable), ClusterKnowledge.Unreadable)
        );

    [Theory]
    [InlineData(CopyState.New)]
    [InlineData(CopyState.Unverified)]
    [InlineData(CopyState.Current)]
    [InlineData(CopyState.Closed)]
    [InlineData(CopyState.Complete)]
    [InlineData(CopyState.LastActive)]
    public void A_copy_that_may_be_promoted_needs_no_advice(CopyState state) =>
        Assert.Empty(CopyAdvice.For(state, Of(Known.Both(Good), Cluster, LatestSource.Absent)));

    [Theory]
    [InlineData(LatestSource.Promoted, "other is active and sends the data; if this lasts, check the network to other")]
    [InlineData(LatestSource.Running, "other runs and has the data: crm_mon tells what keeps other from being promoted")]
    [InlineData(
        LatestSource.Replaced,
        $"other runs, and its copy is another one than it had then: put back the file that it had, or accept the loss: {Command}"
    )]
    [InlineData(LatestSource.Absent, $"start other, or accept the loss: {Command}")]
    [InlineData(LatestSource.Unknown, "check other, and start other if stopped")]
    public void To_accept_the_loss_is_offered_only_where_the_data_is_not_to_be_had(LatestSource source, string remedy) =>
        Assert.Equal(
            $"data is missing in NB and SB: the copy holds promotion 6, the latest is 7 on other; {remedy}",
            Advice(Known.Both(Sixth), Cluster, source)
        );

    private static string Advice(CopyPair copies, ClusterKnowledge cluster, LatestSource source = LatestSource.Absent) =>
        PromotionVerdict.For(Of(copies, cluster, source)).Reason;

    private static Candidacy Of(CopyPair copies, ClusterKnowledge cluster, LatestSource source) =>
        new(copies, cluster, Known.Me) { Source = source, OverrideCommand = Command };
}
