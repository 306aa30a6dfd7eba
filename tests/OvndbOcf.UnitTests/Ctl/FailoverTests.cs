using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Moving;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What is decided, asked and said where a person accepts a loss.</summary>
public sealed class FailoverTests
{
    private static readonly NodeView Two = Node("node2", CopyState.Outdated, 3);
    private static readonly NodeView Three = Node("node3", CopyState.Outdated, 2);

    /// <summary>node1 was active by promotion 4 and is lost; node2 and node3 lack data, node3 more than node2.</summary>
    private static readonly ClusterView Lost = CtlSamples.View(CtlSamples.Healthy) with
    {
        Active = null,
        LocalNode = "node2",
        Nodes =
        [
            Node("node1", CopyState.Unknown, null) with
            {
                Condition = NodeCondition.Offline,
                Role = InstanceRole.Unknown,
                IsPromotable = null,
            },
            Two,
            Three,
        ],
    };

    public static TheoryData<string, string, string?> Refused =>
        new()
        {
            { "no Pacemaker", "Pacemaker does not answer", null },
            { "no quorum", "no quorum", null },
            { "unknown quorum", "no quorum", null },
            { "maintenance", "maintenance mode", null },
            { "a constraint", "left a constraint behind", null },
            { "an action", "an action is under way on node3", null },
            { "an active node", "node2 is active", null },
            { "an unfenced node", "node1 failed and is not fenced yet", null },
            { "no record", "no promotion is on record", null },
            { "a record of a later form", "in a form that this version does not know", null },
            { "a copy that may be promoted", "node3 may be promoted without a loss", null },
            { "a copy that may be promoted", "node3 may be promoted without a loss", "node2" },
            { "a copy without a score", "not known yet whether node3", null },
            { "a good copy that is hindered", "node3 has a better copy, and only something else keeps it", null },
            { "the last one in standby", "node1 was promoted last, is in standby", null },
            { "the last one without an instance", "node1 was promoted last, is online", null },
            { "the last one unreadable", "node1 was promoted last, is online", null },
            { "the last one joining", "it is not known whether it is online", null },
            { "the last one unknown", "it is not known whether it is online", null },
            { "", "node2 has a better copy than node3", "node3" },
            { "", "node1 is offline", "node1" },
            { "no instance", "no instance runs on node2", "node2" },
            { "nobody", "no node online has a copy", null },
            { "unreadable copies", "what the copy on node2 lacks is not known", "node2" },
            { "equals", "node2 and node3 have the same", null },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void It_is_refused_where_nothing_has_to_be_lost_or_too_little_is_known(string condition, string reason, string? node)
    {
        var plan = FailoverPlan.Decide(In(condition), node);
        Assert.Contains(reason, plan.Refusal, StringComparison.Ordinal);
        Assert.NotNull(plan.NextStep);
        Assert.Equal((string.Empty, string.Empty), (plan.Node, plan.Phrase));
    }

    [Theory]
    [InlineData("", null, "node2", "lose promotion 4")]
    [InlineData("", "node2", "node2", "lose promotion 4")]
    [InlineData("equals", "node3", "node3", "lose promotion 4")]
    [InlineData("cut off", null, "node2", "lose rows of promotion 4")]
    [InlineData("empty", null, "node2", "lose all rows")]
    [InlineData("unmarked", null, "node2", "lose promotion 4")]
    [InlineData("foreign", null, "node2", "lose promotion 4")]
    [InlineData("older schema", null, "node3", "lose rows of promotion 4")]
    [InlineData("the last one removed", null, "node2", "lose promotion 4")]
    [InlineData("the last one has lost its files", null, "node2", "lose promotion 4")]
    public void It_is_allowed_for_the_best_copy_that_is_left(string condition, string? node, string chosen, string phrase)
    {
        var plan = FailoverPlan.Decide(In(condition), node);
        Assert.Null(plan.Refusal);
        Assert.Equal((chosen, phrase), (plan.Node, plan.Phrase));
    }

    [Fact]
    public void What_is_lost_is_told_as_on_the_page()
    {
        var plan = FailoverText.Plan(FailoverPlan.Decide(Lost, null), CtlSamples.Plain);
        Assert.Equal(
            """
            node2 would be active. Its copy ends with promotion 3, the latest is 4 (node1,
            2026-11-27 07:00:00): rows that were written after it was cut off are lost.
            node1 was active last, and is offline: if it can be started, start it, and
            nothing is lost. When it comes back later, its files are set aside, and single
            rows can be brought back from them.

            """,
            plan
        );
        Assert.Contains(
            string.Concat(plan.TrimEnd('\n').Split('\n').Select(line => "    " + line + "\n")),
            File.ReadAllText(Path.Combine(Product.Root(), "docs", "ovndbctl.md")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("cut off", "cut off while node1 was active by promotion 4 (since 2026-11-27 07:00:00)")]
    [InlineData("empty", "all rows are lost")]
    [InlineData("unmarked", "of unknown age")]
    [InlineData("foreign", "of another history (promotion 9)")]
    [InlineData("the last one removed", "no node of the cluster any more")]
    [InlineData("the last one has lost its files", "node1 was active last, is online, and lacks data itself")]
    [InlineData("an unseen node", "No instance runs on node3: a better copy may be there.")]
    public void Each_loss_has_its_words(string condition, string words) =>
        Assert.Contains(
            words,
            FailoverText.Plan(FailoverPlan.Decide(In(condition), "node2"), CtlSamples.Plain with { Width = 1000 }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_refusal_comes_with_the_next_step() =>
        Assert.Equal(
            "Refused: node2 is active, so there is no loss to accept.\n  $ ovndbctl switchover\n",
            FailoverText.Plan(FailoverPlan.Decide(In("an active node"), null), CtlSamples.Plain)
        );

    [Fact]
    public void The_report_tells_what_is_and_what_is_left()
    {
        var plan = FailoverPlan.Decide(Lost, null);
        var active = Lost with { Active = "node2", Promotion = Lost.Promotion! with { Number = 5, Node = "node2" } };
        var end = new FailoverEnd(true, active, TimeSpan.FromSeconds(3.2), true, false, null, true);
        Assert.Equal(
            "node2 is active, promotion 5. Clients can write again, 3.20 s after the loss was\naccepted.\n",
            FailoverText.Result(plan, end, CtlSamples.Plain)
        );
        Assert.Equal(
            "node2 is active, promotion 5. From this node nobody can write yet: check the\nnetwork to 10.0.0.9.\n",
            FailoverText.Result(plan, end with { Served = null }, CtlSamples.Plain)
        );
        Assert.Equal(
            "node2 is active, promotion 5. Since when clients can write was not measured.\n",
            FailoverText.Result(plan, end with { Served = null, IsMeasured = false }, CtlSamples.Plain)
        );

        var interrupted = new FailoverEnd(false, Lost, null, true, true, null, true);
        const string Look = "  $ ovndbctl list --watch\n  $ ovndbctl why\n";
        Assert.Equal(
            $"Interrupted: the promotion is not waited for any more.\nNobody is active, and nothing is lost.\n{Look}The permission is withdrawn.\n",
            FailoverText.Result(plan, interrupted, CtlSamples.Plain)
        );
        Assert.Contains(
            "a promotion that has begun may still succeed.\n",
            FailoverText.Result(plan, interrupted with { After = In("an action") }, CtlSamples.Plain with { Width = 1000 }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "node2 is active now: what its copy lacks is lost to clients.\n  $ ovndbctl list --watch\nThe permission is withdrawn.\n",
            FailoverText.Result(plan, interrupted with { After = active }, CtlSamples.Plain),
            StringComparison.Ordinal
        );
        Assert.Equal(
            $"The cluster did not take the permission: no answer\nPacemaker does not answer: who is active is not known.\n{Look}"
                + "The permission may still be there; it counts for one promotion of node2. To\nwithdraw it:\n  $ attrd_updater -n allow-outdated-RESOURCE -D -N node2\n",
            FailoverText.Result(
                plan,
                interrupted with
                {
                    After = null,
                    IsInterrupted = false,
                    IsWithdrawn = false,
                    Problem = "no answer",
                },
                CtlSamples.Plain
            )
        );
        Assert.StartsWith(
            "node2 was not active in time.\n",
            FailoverText.Result(plan, interrupted with { IsInterrupted = false }, CtlSamples.Plain),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("lose promotion 4\n", true)]
    [InlineData("  lose promotion 4  \n", true)]
    [InlineData("y\n", false)]
    [InlineData("yes\n", false)]
    [InlineData("lose promotion 5\n", false)]
    [InlineData("", false)]
    public async Task A_person_types_what_is_lost(string typed, bool isGiven)
    {
        var output = new StringWriter();
        Assert.Equal(
            isGiven,
            await new Confirmation(output, new StringReader(typed)).IsGivenAsync(
                "lose promotion 4",
                false,
                TestContext.Current.CancellationToken
            )
        );
        Assert.StartsWith("Type 'lose promotion 4' to go on: ", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(!isGiven, output.ToString().Contains("nothing was changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_is_not_asked()
    {
        var output = new StringWriter();
        Assert.True(await new Confirmation(output, new StringReader("")).IsGivenAsync("x", true, TestContext.Current.CancellationToken));
        Assert.Empty(output.ToString());
    }

    private static ClusterView In(string condition) =>
        condition switch
        {
            "" => Lost,
            "no Pacemaker" => Lost with { PacemakerAnswers = false },
            "no quorum" => Lost with { HasQuorum = false },
            "unknown quorum" => Lost with { HasQuorum = null },
            "maintenance" => Lost with { IsInMaintenance = true },
            "a constraint" => Lost with { Moves = ["cli-ban-ovndb-clone-on-node2"] },
            "an action" => With(Two, Three with { Role = InstanceRole.Changing }),
            "an active node" => Lost with { Active = "node2" },
            "an unfenced node" => With(Last with { Condition = NodeCondition.Unclean }, Two, Three),
            "no record" => Lost with { Promotion = null },
            "a record of a later form" => Lost with { Promotion = null, IsRecordUnknown = true },
            "a copy that may be promoted" => With(Two, Three with { IsPromotable = true, Copy = nameof(CopyState.Current) }),
            "a copy without a score" => With(Two, Three with { IsPromotable = null }),
            "a good copy that is hindered" => With(Two, Three with { Copy = nameof(CopyState.Current) }),
            "the last one in standby" => With(Last with { Condition = NodeCondition.Standby, Role = InstanceRole.Stopped }, Two, Three),
            "the last one without an instance" => With(
                Last with
                {
                    Condition = NodeCondition.Online,
                    Role = InstanceRole.Stopped,
                },
                Two,
                Three
            ),
            "the last one unreadable" => With(Node("node1", CopyState.Unknown, null), Two, Three),
            "the last one joining" => With(Last with { Condition = NodeCondition.Pending }, Two, Three),
            "the last one unknown" => With(Last with { Condition = NodeCondition.Unknown }, Two, Three),
            "the last one removed" => Lost with { Nodes = [Two, Three] },
            "the last one has lost its files" => With(Node("node1", CopyState.Empty, null), Two, Three),
            "no instance" => With(Two with { Role = InstanceRole.Stopped }, Three),
            "nobody" => With(Two with { Role = InstanceRole.Stopped }, Three with { Condition = NodeCondition.Standby }),
            "unreadable copies" => With(Node("node2", CopyState.Unknown, null), Three),
            "equals" => With(Two, Node("node3", CopyState.Outdated, 3)),
            "cut off" => With(Node("node2", CopyState.Outdated, 4), Three),
            "empty" => With(Node("node2", CopyState.Empty, null), Node("node3", CopyState.Unknown, null)),
            "unmarked" => With(Node("node2", CopyState.Unmarked, null), Node("node3", CopyState.Empty, null)),
            "foreign" => With(Node("node2", CopyState.Foreign, 9), Node("node3", CopyState.Unmarked, null)),
            "older schema" => With(Two, Node("node3", CopyState.SchemaTooOld, 4)),
            "an unseen node" => With(Two, Three with { Role = InstanceRole.Stopped }),
            _ => throw new ArgumentException(condition),
        };

    private static NodeView Last => Lost.Nodes[0];

    private static ClusterView With(params NodeView[] nodes) =>
        Lost with
        {
            Nodes = [.. Lost.Nodes.Where(node => nodes.All(other => other.Name != node.Name)), .. nodes],
        };

    [Fact]
    public void What_was_confirmed_is_refused_once_anything_else_would_be_lost()
    {
        var confirmed = FailoverPlan.Decide(Lost, "node2");
        Assert.Null(confirmed.Again(Lost).Refusal);

        // The lost node has joined, and its instance still starts.
        var joined = Lost with
        {
            Nodes = [Lost.Nodes[0] with { Condition = NodeCondition.Online, Role = InstanceRole.Stopped }, Two, Three],
        };
        Assert.Contains("node1 was promoted last", confirmed.Again(joined).Refusal, StringComparison.Ordinal);

        var another = Lost with { Promotion = Lost.Promotion! with { Number = 5 } };
        Assert.Contains("the loss is another one now", confirmed.Again(another).Refusal, StringComparison.Ordinal);
    }

    private static NodeView Node(string name, CopyState copy, long? promotion) =>
        new()
        {
            Name = name,
            Condition = NodeCondition.Online,
            Role = InstanceRole.Unpromoted,
            Copy = copy.ToString(),
            Score = -1_000_000,
            IsPromotable = false,
            Reason = "lacks data",
            Northbound = new DatabaseView { Promotion = promotion },
            Southbound = new DatabaseView { Promotion = promotion },
        };
}
