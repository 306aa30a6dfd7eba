using OvndbOcf.Decisions.Topology;
using OvndbOcf.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Topology;

public sealed class ReplicationSourcesTests
{
    private static readonly HostIdentity Me = new("ctl-1", "ctl-1");
    private static readonly HostIdentity MeInABundle = new("ctl-1", "ovn-bundle-1");

    /// <summary>Who is promoted, is being demoted, stops, starts and is being promoted; and what ctl-1 follows then.</summary>
    public static TheoryData<string, string, string, string, string, ReplicationSource> Transitions =>
        new()
        {
            // Nobody is promoted.
            { "", "", "", "", "", ReplicationSource.Nobody },
            { "", "", "", "ctl-1 ctl-2", "", ReplicationSource.Nobody },
            // Somebody is about to be promoted: not yet.
            { "", "", "", "ctl-1", "ctl-2", ReplicationSource.Nobody },
            { "", "", "", "ctl-1 ctl-2", "ctl-1", ReplicationSource.Nobody },
            // Another one is promoted and stays so.
            { "ctl-2", "", "", "ctl-1", "", ReplicationSource.Active },
            { "ctl-2", "ctl-1", "", "", "", ReplicationSource.Active },
            { "ctl-2", "", "ctl-1", "", "", ReplicationSource.Active },
            // It is demoted or stopped in this transition.
            { "ctl-2", "ctl-2", "", "ctl-1", "ctl-3", ReplicationSource.Nobody },
            { "ctl-2", "", "ctl-2", "ctl-1", "ctl-3", ReplicationSource.Nobody },
            { "ctl-2", "ctl-2", "ctl-2", "ctl-1", "", ReplicationSource.Nobody },
            // A move from here: there is nobody to follow until the other one is promoted.
            { "ctl-1", "ctl-1", "", "", "ctl-2", ReplicationSource.Nobody },
            // This node is the promoted one: it never replicates from itself.
            { "ctl-1", "", "", "ctl-1", "", ReplicationSource.Nobody },
            { "ctl-1", "", "", "ctl-2", "", ReplicationSource.Nobody },
            // Two are promoted, and this one gives way to the other; in either order.
            { "ctl-1 ctl-2", "ctl-1", "", "", "", ReplicationSource.Active },
            { "ctl-2 ctl-1", "ctl-1", "", "", "", ReplicationSource.Active },
            // Names are compared whole.
            { "ctl-10", "", "", "ctl-1", "", ReplicationSource.Active },
            { "ctl-10", "ctl-1", "", "", "", ReplicationSource.Active },
            { "ctl-10", "ctl-10", "", "ctl-1", "", ReplicationSource.Nobody },
            { "ctl-1", "ctl-10", "", "", "", ReplicationSource.Nobody },
            { "ctl", "", "", "", "", ReplicationSource.Active },
            { "CTL-1", "", "", "", "", ReplicationSource.Active },
        };

    /// <summary>Who is being promoted, and whether ctl-1 follows after that.</summary>
    public static TheoryData<string, bool> Promotions =>
        new()
        {
            { "", false },
            { "ctl-1", false },
            { "ctl-2", true },
            { "ctl-10", true },
            { "ctl", true },
            { "ctl-2 ctl-1", false },
            { "ctl-1 ctl-2", false },
            { "ctl-2 ctl-10", true },
        };

    [Theory]
    [MemberData(nameof(Transitions))]
    public void At_start_and_demote_the_source_is_who_stays_promoted(
        string promoted,
        string demoting,
        string stopping,
        string starting,
        string promoting,
        ReplicationSource source
    )
    {
        foreach (var type in Enum.GetValues<NotifyType>())
        {
            foreach (var operation in Enum.GetValues<NotifyOperation>())
            {
                var notify = new NotifyEnvironment(
                    type,
                    operation,
                    Names(promoted),
                    Names(promoting),
                    Names(demoting),
                    Names(starting),
                    Names(stopping)
                );
                Assert.Equal(source, ReplicationSources.AtStartOrDemote(notify, Me));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Promotions))]
    public void Only_after_a_promotion_elsewhere_a_notification_asks_to_follow(string promoting, bool follows)
    {
        foreach (var type in Enum.GetValues<NotifyType>())
        {
            foreach (var operation in Enum.GetValues<NotifyOperation>())
            {
                var isPostPromote = type == NotifyType.Post && operation == NotifyOperation.Promote;
                Assert.Equal(
                    follows && isPostPromote ? ReplicationSource.Active : null,
                    ReplicationSources.AtNotify(Notify(type, operation, promoting), Me)
                );
            }
        }
    }

    [Theory]
    [InlineData("ovn-bundle-1", false)]
    [InlineData("ctl-1", false)]
    [InlineData("ovn-bundle-0", true)]
    [InlineData("ovn-bundle-10", true)]
    public void In_a_bundle_both_names_are_this_instance(string name, bool isAnother)
    {
        Assert.Equal(
            isAnother ? ReplicationSource.Active : null,
            ReplicationSources.AtNotify(Notify(NotifyType.Post, NotifyOperation.Promote, name), MeInABundle)
        );
        var promoted = new NotifyEnvironment(NotifyType.None, NotifyOperation.None, [name], [], [], [], []);
        Assert.Equal(
            isAnother ? ReplicationSource.Active : ReplicationSource.Nobody,
            ReplicationSources.AtStartOrDemote(promoted, MeInABundle)
        );
    }

    [Fact]
    public void No_combination_of_lists_makes_a_node_replicate_from_itself()
    {
        string[] lists = ["", "ctl-1", "ctl-2", "ctl-1 ctl-2"];
        var cases =
            from promoted in lists
            from demoting in lists
            from stopping in lists
            from starting in lists
            from promoting in lists
            select new NotifyEnvironment(
                NotifyType.Post,
                NotifyOperation.Promote,
                Names(promoted),
                Names(promoting),
                Names(demoting),
                Names(starting),
                Names(stopping)
            );
        foreach (var notify in cases)
        {
            var othersStay = notify.Promoted.Contains("ctl-2") && !notify.Demoting.Contains("ctl-2") && !notify.Stopping.Contains("ctl-2");
            Assert.True(othersStay || ReplicationSources.AtStartOrDemote(notify, Me) == ReplicationSource.Nobody, notify.ToString());
            Assert.True(notify.Promoting is ["ctl-2"] == (ReplicationSources.AtNotify(notify, Me) is not null), notify.ToString());
        }
    }

    private static NotifyEnvironment Notify(NotifyType type, NotifyOperation operation, string promoting) =>
        new(type, operation, [], Names(promoting), [], [], []);

    private static string[] Names(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
