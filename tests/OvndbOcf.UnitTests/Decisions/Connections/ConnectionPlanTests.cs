using OvndbOcf.Decisions.Connections;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Connections;

public sealed class ConnectionPlanTests
{
    private const string Wanted = "ptcp:6641:10.0.0.9";
    private const string WantedAll = "ptcp:6641:0.0.0.0";
    private const string Wanted6 = "ptcp:6641:[2001:db8::9]";

    /// <summary>The wanted target, the rows as "target probe" (no probe: the server's default), the step, and which row it changes.</summary>
    public static TheoryData<string, string[], ConnectionStep, int?> Cases =>
        new()
        {
            // No row yet.
            { Wanted, [], ConnectionStep.Add, null },
            // The agent's row is there.
            { Wanted, ["ptcp:6641:10.0.0.9 5000"], ConnectionStep.Nothing, null },
            { Wanted, ["ptcp:6641:10.0.0.9 60000"], ConnectionStep.Change, 0 },
            { Wanted, ["ptcp:6641:10.0.0.9 0"], ConnectionStep.Change, 0 },
            { Wanted, ["ptcp:6641:10.0.0.9"], ConnectionStep.Change, 0 },
            { Wanted6, ["ptcp:6641:[2001:db8::9] 5000"], ConnectionStep.Nothing, null },
            { Wanted6, ["ptcp:6641:[2001:db8::9] 1"], ConnectionStep.Change, 0 },
            // The only row is the agent's, whatever it says, as with the shell agent.
            { Wanted, ["ptcp:6641:10.0.0.8 5000"], ConnectionStep.Change, 0 },
            { Wanted, ["pssl:6641:10.0.0.9 5000"], ConnectionStep.Change, 0 },
            { Wanted, ["ptcp:16641:10.0.0.8"], ConnectionStep.Change, 0 },
            { Wanted6, ["ptcp:6641:10.0.0.9 5000"], ConnectionStep.Change, 0 },
            // Among several, the one with the target, wherever it stands.
            { Wanted, ["ptcp:6641:127.0.0.1", "ptcp:6641:10.0.0.9 5000"], ConnectionStep.Nothing, null },
            { Wanted, ["ptcp:6641:10.0.0.9 5000", "ptcp:6641:127.0.0.1"], ConnectionStep.Nothing, null },
            { Wanted, ["pssl:16641", "ptcp:6641:10.0.0.9 1", "tcp:10.0.0.77:6641"], ConnectionStep.Change, 1 },
            // None has it: one shares the port or the address.
            { Wanted, ["pssl:16641:10.0.0.5", "ptcp:6641:10.0.0.8 5000"], ConnectionStep.Change, 1 },
            { Wanted, ["ptcp:7641:10.0.0.9 5000", "pssl:16641:10.0.0.5"], ConnectionStep.Change, 0 },
            { Wanted, ["pssl:6641:10.0.0.9 5000", "ptcp:16641:10.0.0.5"], ConnectionStep.Change, 0 },
            { Wanted, ["pssl:16641", "ptcp:6641:10.0.0.8"], ConnectionStep.Change, 1 },
            { Wanted6, ["pssl:16641:[2001:db8::5]", "ptcp:7641:[2001:db8::9] 5000"], ConnectionStep.Change, 1 },
            { Wanted6, ["pssl:16641:[2001:db8::5]", "ptcp:6641:[2001:db8::8]"], ConnectionStep.Change, 1 },
            // None of the operator's rows has to do with it.
            { Wanted, ["pssl:16641:10.0.0.5", "ptcp:16642:10.0.0.5"], ConnectionStep.Add, null },
            { Wanted, ["tcp:10.0.0.9:6641", "ssl:10.0.0.9:6641"], ConnectionStep.Add, null },
            { Wanted, ["tcp:10.0.0.9:6641"], ConnectionStep.Add, null },
            { Wanted, ["ptcp:6641:127.0.0.1"], ConnectionStep.Add, null },
            { Wanted6, ["ptcp:6641:[::1]"], ConnectionStep.Add, null },
            { Wanted, ["ptcp:6641:127.0.0.1", "pssl:16641:10.0.0.5"], ConnectionStep.Add, null },
            { Wanted, ["pssl:16641:10.0.0.9", "ptcp:16641:10.0.0.99"], ConnectionStep.Add, null },
            { Wanted, ["ptcp:66410:10.0.0.8", "ptcp:664:10.0.0.8"], ConnectionStep.Add, null },
            { Wanted6, ["ptcp:16641:[2001:db8::99]", "tcp:[2001:db8::9]:6641"], ConnectionStep.Add, null },
            { Wanted, ["punix:/run/x", "nonsense"], ConnectionStep.Add, null },
            // An operator opened the port on all addresses.
            { Wanted, ["ptcp:6641:0.0.0.0 5000"], ConnectionStep.Add, null },
            { Wanted, ["ptcp:6641"], ConnectionStep.Add, null },
            { Wanted, ["pssl:6641"], ConnectionStep.Add, null },
            { Wanted6, ["pssl:6641:[::]"], ConnectionStep.Add, null },
            { Wanted, ["ptcp:6641", "ptcp:6641:10.0.0.8"], ConnectionStep.Change, 1 },
            { Wanted, ["ptcp:6641", "ptcp:6641:10.0.0.9 5000"], ConnectionStep.Nothing, null },
            // All addresses are wanted.
            { WantedAll, ["ptcp:6641:0.0.0.0 5000"], ConnectionStep.Nothing, null },
            { WantedAll, ["ptcp:6641"], ConnectionStep.Change, 0 },
            { WantedAll, ["ptcp:6641:10.0.0.9 5000"], ConnectionStep.Change, 0 },
            // More than one could be meant: none is touched.
            { Wanted, ["ptcp:6641:10.0.0.7", "ptcp:6641:10.0.0.8"], ConnectionStep.Add, null },
            { Wanted, ["ptcp:6641:10.0.0.7", "ptcp:7641:10.0.0.9"], ConnectionStep.Add, null },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Exactly_one_row_is_the_agents(string target, string[] rows, ConnectionStep step, int? changed)
    {
        var existing = rows.Select(Row).ToList();
        var plan = ConnectionPlan.For(existing, target, 5000, []);
        Assert.Equal(step, plan.Step);
        Assert.Equal(changed is { } index ? existing[index].Id : null, plan.Row);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Carried_out_once_the_plan_leaves_nothing_to_do(string target, string[] rows, ConnectionStep step, int? changed)
    {
        Assert.Equal(step == ConnectionStep.Change, changed is not null);
        var after = rows.Select(Row).ToList();
        var plan = ConnectionPlan.For(after, target, 5000, []);
        if (plan.Step == ConnectionStep.Add)
        {
            after.Add(new ConnectionRow(Guid.NewGuid(), target, 5000));
        }
        else if (plan.Step == ConnectionStep.Change)
        {
            after[after.FindIndex(row => row.Id == plan.Row)] = new ConnectionRow(plan.Row!.Value, target, 5000);
        }

        Assert.Equal(new ConnectionPlan(ConnectionStep.Nothing), ConnectionPlan.For(after, target, 5000, []));
    }

    [Theory]
    [InlineData("ptcp:6641:0.0.0.0", "ptcp:6641:0.0.0.0 ptcp:6641:10.0.0.9", ConnectionStep.Change)]
    [InlineData("ptcp:6641:0.0.0.0", "ptcp:6641:10.0.0.9", ConnectionStep.Add)]
    [InlineData("ptcp:6641", "ptcp:6641:0.0.0.0", ConnectionStep.Add)]
    [InlineData("ptcp:6641:127.0.0.1", "ptcp:6641:127.0.0.1", ConnectionStep.Add)]
    public void One_on_all_addresses_is_the_agents_where_it_listened_so(string row, string former, ConnectionStep step) =>
        Assert.Equal(step, ConnectionPlan.For([Row(row)], Wanted, 5000, former.Split(' ')).Step);

    [Theory]
    [InlineData("ptcp:6641", true)]
    [InlineData("pssl:6641", true)]
    [InlineData("ptcp:6641:0.0.0.0", true)]
    [InlineData("ptcp:6641:[::]", true)]
    [InlineData("ptcp:6642", false)]
    [InlineData("ptcp:6641:10.0.0.9", false)]
    [InlineData("tcp:10.0.0.77:6641", false)]
    public void One_that_cannot_be_listened_on_beside_the_agents_is_found(string row, bool isFound)
    {
        Assert.Equal(isFound ? row : null, ConnectionPlan.FindWider([Row("ptcp:6641:127.0.0.1"), Row(row)], Wanted)?.Target);
        Assert.Null(ConnectionPlan.FindWider([Row(row)], WantedAll));
    }

    private static ConnectionRow Row(string text) =>
        text.Split(' ') switch
        {
            [var target, var probe] => new ConnectionRow(
                Guid.NewGuid(),
                target,
                long.Parse(probe, System.Globalization.CultureInfo.InvariantCulture)
            ),
            _ => new ConnectionRow(Guid.NewGuid(), text, null),
        };
}
