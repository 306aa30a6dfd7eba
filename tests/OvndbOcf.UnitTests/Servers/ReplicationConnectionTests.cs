using OvndbOcf.Servers.Decisions;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class ReplicationConnectionTests
{
    private const string Here = "ptcp:6641:10.0.0.2";
    private const string There = "ptcp:6641:10.0.0.3";
    private const string Virtual = "ptcp:6641:10.0.0.9";
    private const int MiB = 1 << 20;

    /// <summary>The marked row as "target probe" or null, whether an operator's row has this node's target, the target, the file's length in MiB, the wanted probe, and the step.</summary>
    public static TheoryData<string?, bool, string?, int, int?, ConnectionStep> Cases => new()
    {
        // A small database needs none.
        { null, false, Here, 8, null, ConnectionStep.Nothing },
        { $"{Here} 64000", false, Here, 8, null, ConnectionStep.Remove },
        { $"{There} 64000", false, Here, 8, null, ConnectionStep.Remove },

        // Without a listener of their own, backups have that of the clients.
        { null, false, null, 64, null, ConnectionStep.Nothing },
        { $"{Here} 64000", false, null, 64, null, ConnectionStep.Remove },
        { $"{Here} 64000", false, null, 8, null, ConnectionStep.Remove },

        // A large one.
        { null, false, Here, 64, 64_000, ConnectionStep.Add },
        { $"{Here} 64000", false, Here, 64, 64_000, ConnectionStep.Nothing },
        { $"{Here} 32000", false, Here, 64, 64_000, ConnectionStep.Change },
        { $"{Here}", false, Here, 64, 64_000, ConnectionStep.Change },
        { $"{There} 64000", false, Here, 64, 64_000, ConnectionStep.Change },
        { $"{There} 128000", false, Here, 64, 64_000, ConnectionStep.Change },

        // One that has become smaller, by less and by more than what a compaction makes.
        { $"{Here} 128000", false, Here, 32, 128_000, ConnectionStep.Nothing },
        { $"{Here} 128000", false, Here, 31, 32_000, ConnectionStep.Change },
        { $"{Here} 32000", false, Here, 8, 32_000, ConnectionStep.Nothing },
        { $"{Here} 32000", false, Here, 7, null, ConnectionStep.Remove },

        // The operator's own row for that target is left alone, and no second one is possible.
        { null, true, Here, 64, null, ConnectionStep.Nothing },
        { null, true, Here, 8, null, ConnectionStep.Nothing },
        { $"{There} 64000", true, Here, 64, null, ConnectionStep.Remove },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_row_is_there_while_it_is_needed(string? marked, bool isOperators, string? target, int length, int? probe, ConnectionStep step)
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

        Assert.Equal(probe, ReplicationConnection.WantedProbe(rows, target, (long)length * MiB));
        Assert.Equal(
            new ConnectionPlan(step, step is ConnectionStep.Change or ConnectionStep.Remove ? id : null), ReplicationConnection.For(rows, target, probe));
    }

    [Fact]
    public void The_row_of_the_clients_is_never_that_of_the_backups()
    {
        ConnectionRow[] rows = [new(Guid.NewGuid(), Here, 64_000, IsForReplication: true)];
        Assert.Equal(new ConnectionPlan(ConnectionStep.Add), ConnectionPlan.For(rows, Virtual, 5000, []));
        Assert.Equal(new ConnectionPlan(ConnectionStep.Nothing), ConnectionPlan.For([.. rows, new(Guid.NewGuid(), Virtual, 5000)], Virtual, 5000, []));
        var old = new ConnectionRow(Guid.NewGuid(), "ptcp:6641:10.0.0.8", 5000);
        Assert.Equal(new ConnectionPlan(ConnectionStep.Change, old.Id), ConnectionPlan.For([.. rows, old], Virtual, 5000, []));
    }
}
