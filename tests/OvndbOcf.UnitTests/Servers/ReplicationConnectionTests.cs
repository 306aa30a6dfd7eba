using OvndbOcf.Servers.Decisions;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class ReplicationConnectionTests
{
    private const string Here = "ptcp:6641:10.0.0.2";
    private const string There = "ptcp:6641:10.0.0.3";
    private const string Virtual = "ptcp:6641:10.0.0.9";
    private const int Wanted = 64_000;

    /// <summary>
    /// The marked row as "target probe" or null, whether an operator's row has this node's target, the wanted target and probe, the step at a promotion, and the one while the server lives.
    /// </summary>
    public static TheoryData<string?, bool, string?, int?, ConnectionStep, ConnectionStep> Cases => new()
    {
        // A small database needs none.
        { null, false, Here, null, ConnectionStep.Nothing, ConnectionStep.Nothing },
        { $"{Here} 64000", false, Here, null, ConnectionStep.Remove, ConnectionStep.Nothing },
        { $"{There} 64000", false, Here, null, ConnectionStep.Remove, ConnectionStep.Nothing },

        // Without a listener of their own, backups have that of the clients.
        { null, false, null, Wanted, ConnectionStep.Nothing, ConnectionStep.Nothing },
        { null, false, null, null, ConnectionStep.Nothing, ConnectionStep.Nothing },
        { $"{Here} 64000", false, null, Wanted, ConnectionStep.Remove, ConnectionStep.Nothing },
        { $"{Here} 64000", false, null, null, ConnectionStep.Remove, ConnectionStep.Nothing },

        // A large one.
        { null, false, Here, Wanted, ConnectionStep.Add, ConnectionStep.Add },
        { $"{Here} 64000", false, Here, Wanted, ConnectionStep.Nothing, ConnectionStep.Nothing },
        { $"{Here} 32000", false, Here, Wanted, ConnectionStep.Change, ConnectionStep.Change },
        { $"{Here}", false, Here, Wanted, ConnectionStep.Change, ConnectionStep.Change },
        { $"{Here} 128000", false, Here, Wanted, ConnectionStep.Change, ConnectionStep.Nothing },
        { $"{There} 64000", false, Here, Wanted, ConnectionStep.Change, ConnectionStep.Change },
        { $"{There} 128000", false, Here, Wanted, ConnectionStep.Change, ConnectionStep.Change },

        // The operator's own row for that target is left alone, and no second one is possible.
        { null, true, Here, Wanted, ConnectionStep.Nothing, ConnectionStep.Nothing },
        { null, true, Here, null, ConnectionStep.Nothing, ConnectionStep.Nothing },
        { $"{There} 64000", true, Here, Wanted, ConnectionStep.Remove, ConnectionStep.Nothing },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_row_is_there_while_it_is_needed(string? marked, bool isOperators, string? target, int? probe, ConnectionStep exactly, ConnectionStep atLeast)
    {
        List<ConnectionRow> rows = [new(Guid.NewGuid(), Virtual, 5000)];
        if (isOperators)
        {
            rows.Add(new ConnectionRow(Guid.NewGuid(), Here, null));
        }

        Guid? id = null;
        if (marked is not null)
        {
            var parts = marked.Split(' ');
            rows.Add(new ConnectionRow(Guid.NewGuid(), parts[0], parts.Length > 1 ? long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : null, IsForReplication: true));
            id = rows[^1].Id;
        }

        AssertPlan(exactly, ReplicationConnection.Exactly(rows, target, probe), id);
        AssertPlan(atLeast, ReplicationConnection.AtLeast(rows, target, probe), id);
    }

    [Fact]
    public void The_row_of_the_clients_is_never_that_of_the_backups()
    {
        ConnectionRow[] rows = [new(Guid.NewGuid(), Here, 64_000, IsForReplication: true)];
        Assert.Equal(new ConnectionPlan(ConnectionStep.Add), ConnectionPlan.For(rows, Virtual, 5000));
        Assert.Equal(new ConnectionPlan(ConnectionStep.Nothing), ConnectionPlan.For([.. rows, new(Guid.NewGuid(), Virtual, 5000)], Virtual, 5000));
        var old = new ConnectionRow(Guid.NewGuid(), "ptcp:6641:10.0.0.8", 5000);
        Assert.Equal(new ConnectionPlan(ConnectionStep.Change, old.Id), ConnectionPlan.For([.. rows, old], Virtual, 5000));
    }

    private static void AssertPlan(ConnectionStep step, ConnectionPlan plan, Guid? marked) =>
        Assert.Equal(new ConnectionPlan(step, step is ConnectionStep.Change or ConnectionStep.Remove ? marked : null), plan);
}
