using OvndbOcf.Decisions.Connections;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Connections;

public sealed class ListenerPlanTests
{
    /// <summary>What the server has (null: it does not say), what it shall have, what the agent made it have once, and what is to be removed and added.</summary>
    public static TheoryData<string?, string, string, string, string> Cases =>
        new()
        {
            // All is as it should be.
            { "ptcp:6641:v db", "ptcp:6641:v db", "ptcp:6641:v db", "", "" },
            { "punix:x ptcp:6641:v", "ptcp:6641:v", "ptcp:6641:v", "", "" },
            { "", "", "", "", "" },
            // Something is missing.
            { "punix:x", "ptcp:6641:v db", "", "", "ptcp:6641:v db" },
            { "db", "ptcp:6641:v db", "db ptcp:6641:v", "", "ptcp:6641:v" },
            // A parameter has changed: port, protocol, address, mode, and back again.
            { "ptcp:6641:v db", "ptcp:6651:v db", "ptcp:6641:v db ptcp:6651:v", "ptcp:6641:v", "ptcp:6651:v" },
            {
                "ptcp:6641:v ptcp:6641:own db",
                "pssl:6641:own db",
                "ptcp:6641:v ptcp:6641:own db",
                "ptcp:6641:v ptcp:6641:own",
                "pssl:6641:own"
            },
            { "ptcp:6641:v db", "ptcp:6641:w db", "ptcp:6641:v db", "ptcp:6641:v", "ptcp:6641:w" },
            {
                "ptcp:6641:v ptcp:6641:own",
                "ptcp:6641:0.0.0.0",
                "ptcp:6641:v ptcp:6641:own",
                "ptcp:6641:v ptcp:6641:own",
                "ptcp:6641:0.0.0.0"
            },
            { "ptcp:6651:v db", "ptcp:6641:v db", "ptcp:6641:v ptcp:6651:v db", "ptcp:6651:v", "ptcp:6641:v" },
            // A backup keeps nothing of what an active one has.
            { "punix:x ptcp:6641:v ptcp:6641:own db", "ptcp:6641:v", "ptcp:6641:v ptcp:6641:own db", "ptcp:6641:own db", "" },
            { "punix:x ptcp:6641:0.0.0.0 db", "", "ptcp:6641:0.0.0.0 db", "ptcp:6641:0.0.0.0 db", "" },
            // What an operator added stays.
            { "punix:x ptcp:7641:own ptcp:6641:v", "ptcp:6641:v", "ptcp:6641:v", "", "" },
            { "ptcp:7641:own ptcp:6641:v", "ptcp:6651:v", "ptcp:6641:v", "ptcp:6641:v", "ptcp:6651:v" },
            // What is not there any more needs no removal.
            { "db", "db", "ptcp:6641:v db", "", "" },
            // The server does not say: everything is done.
            { null, "ptcp:6651:v db", "ptcp:6641:v db", "ptcp:6641:v", "ptcp:6651:v db" },
            { null, "", "", "", "" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Listeners_follow_the_parameters_and_those_of_operators_stay(
        string? present,
        string wanted,
        string agents,
        string remove,
        string add
    )
    {
        var plan = ListenerPlan.For(present is null ? null : Words(present), Words(wanted), Words(agents));
        Assert.Equal(Words(remove), plan.Remove);
        Assert.Equal(Words(add), plan.Add);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Carried_out_once_the_plan_leaves_nothing_to_do(string? present, string wanted, string agents, string remove, string add)
    {
        var after = Words(present ?? agents).Except(Words(remove)).Union(Words(add)).ToList();
        var plan = ListenerPlan.For(after, Words(wanted), [.. Words(agents), .. Words(wanted)]);
        Assert.Empty(plan.Remove);
        Assert.Empty(plan.Add);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
