using OvndbOcf.Decisions.Connections;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Connections;

public sealed class BackupListenerRowTests
{
    private const string Here = "ptcp:6641:10.0.0.2";
    private const string There = "ptcp:6641:10.0.0.3";
    private const string Virtual = "ptcp:6641:10.0.0.9";
    private const int MiB = 1 << 20;

    /// <summary>The marked row as "target probe" or null, whether an operator's row has this node's target, the target, the file's length in MiB, the wanted probe, and the step.</summary>
    public static TheoryData<string?, bool, string?, int, int?, ConnectionStep> Cases =>
        new()
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
    public void The_row_is_there_while_it_is_needed(
        string? marked,
        bool isOperators,
        string? target,
        int length,
        int? probe,
        ConnectionStep step
    )
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
            rows.Add(
                new ConnectionRow(
                    Guid.NewGuid(),
                    parts[0],
                    parts.Length > 1 ? long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : null,
                    IsForReplication: true
                )
            );
            id = rows[^1].Id;
        }

        var wanted = BackupListenerRow.Wanted(rows, target, (long)length * MiB, backupsMayBeConnected: false);
        Assert.Equal(probe is { } milliseconds ? new BackupRow(milliseconds, IsReadOnly: false) : null, wanted);
        Assert.Equal(
            new ConnectionPlan(step, step is ConnectionStep.Change or ConnectionStep.Remove ? id : null),
            BackupListenerRow.For(rows, target, wanted)
        );
    }

    /// <summary>Whether a client's row has a role, whether the row for backups is there and read-only, whether the operator has one for this target, the file's length in MiB, and what is wanted.</summary>
    public static TheoryData<bool, bool?, bool, string?, int, int?, bool?, ConnectionStep> Roles =>
        new()
        {
            { true, null, false, Here, 8, null, true, ConnectionStep.Add },
            { true, true, false, Here, 8, null, true, ConnectionStep.Nothing },
            { true, false, false, Here, 8, null, true, ConnectionStep.Remove },
            { true, null, false, Here, 64, 64_000, true, ConnectionStep.Add },
            { true, true, false, Here, 64, 64_000, true, ConnectionStep.Change },
            // Nobody is held to a role, or not any more.
            { false, null, false, Here, 8, null, null, ConnectionStep.Nothing },
            { false, true, false, Here, 8, null, null, ConnectionStep.Remove },
            { false, true, false, Here, 64, 64_000, false, ConnectionStep.Remove },
            // Backups use the clients' listener, or the operator's own.
            { true, null, false, null, 8, null, null, ConnectionStep.Nothing },
            { true, true, false, null, 8, null, null, ConnectionStep.Remove },
            { true, null, true, Here, 8, null, null, ConnectionStep.Nothing },
        };

    [Theory]
    [MemberData(nameof(Roles))]
    public void While_clients_are_held_to_roles_nobody_writes_where_backups_connect(
        bool hasRole,
        bool? marked,
        bool isOperators,
        string? target,
        int length,
        int? probe,
        bool? isReadOnly,
        ConnectionStep step
    )
    {
        List<ConnectionRow> rows = [new(Guid.NewGuid(), Virtual, 5000, HasRole: hasRole)];
        if (isOperators)
        {
            rows.Add(new ConnectionRow(Guid.NewGuid(), Here, null));
        }

        if (marked is { } present)
        {
            rows.Add(new ConnectionRow(Guid.NewGuid(), Here, null, IsForReplication: true, IsReadOnly: present));
        }

        var wanted = BackupListenerRow.Wanted(rows, target, (long)length * MiB, backupsMayBeConnected: false);
        Assert.Equal(isReadOnly is { } readOnly ? new BackupRow(probe, readOnly) : null, wanted);
        Assert.Equal(
            new ConnectionPlan(step, step is ConnectionStep.Change or ConnectionStep.Remove ? rows[^1].Id : null),
            BackupListenerRow.For(rows, target, wanted)
        );
    }

    /// <summary>The marked row as above, whether it is read-only, whether a client's row has a role, the target, the file's length in MiB, what is wanted, and the step.</summary>
    public static TheoryData<string?, bool, bool, string?, int, BackupRow?, ConnectionStep> Connected =>
        new()
        {
            // Not needed any more: it is as patient as a server without it, and stays.
            { $"{Here} 64000", false, false, Here, 8, new BackupRow(null, false), ConnectionStep.Change },
            { $"{Here} 32000", false, false, Here, 7, new BackupRow(null, false), ConnectionStep.Change },
            { Here, false, false, Here, 8, new BackupRow(null, false), ConnectionStep.Nothing },
            // Needed as before, or again.
            { $"{Here} 128000", false, false, Here, 32, new BackupRow(128_000, false), ConnectionStep.Nothing },
            { Here, false, false, Here, 64, new BackupRow(64_000, false), ConnectionStep.Change },
            { null, false, false, Here, 64, new BackupRow(64_000, false), ConnectionStep.Add },
            // None is added without need, and one of another address serves nobody.
            { null, false, false, Here, 8, null, ConnectionStep.Nothing },
            { $"{There} 64000", false, false, Here, 8, null, ConnectionStep.Remove },
            { $"{Here} 64000", false, false, null, 8, null, ConnectionStep.Remove },
            // Who may write is more than a connection.
            { Here, true, false, Here, 8, null, ConnectionStep.Remove },
            { Here, false, true, Here, 8, new BackupRow(null, true), ConnectionStep.Remove },
        };

    [Theory]
    [MemberData(nameof(Connected))]
    public void While_backups_are_connected_by_it_the_row_stays(
        string? marked,
        bool isReadOnly,
        bool hasRole,
        string? target,
        int length,
        BackupRow? expected,
        ConnectionStep step
    )
    {
        List<ConnectionRow> rows = [new(Guid.NewGuid(), Virtual, 5000, HasRole: hasRole)];
        if (marked is not null)
        {
            var parts = marked.Split(' ');
            long? probe = parts.Length > 1 ? long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : null;
            rows.Add(new ConnectionRow(Guid.NewGuid(), parts[0], probe, IsForReplication: true, IsReadOnly: isReadOnly));
        }

        var wanted = BackupListenerRow.Wanted(rows, target, (long)length * MiB, backupsMayBeConnected: true);

        Assert.Equal(expected, wanted);
        Assert.Equal(
            new ConnectionPlan(step, step is ConnectionStep.Change or ConnectionStep.Remove ? rows[^1].Id : null),
            BackupListenerRow.For(rows, target, wanted)
        );
    }

    [Fact]
    public void A_role_of_the_backups_row_holds_no_client()
    {
        ConnectionRow[] rows = [new(Guid.NewGuid(), Here, null, IsForReplication: true, HasRole: true)];
        Assert.Null(BackupListenerRow.Wanted(rows, Here, MiB, backupsMayBeConnected: false));
    }

    [Fact]
    public void The_row_of_the_clients_is_never_that_of_the_backups()
    {
        ConnectionRow[] rows = [new(Guid.NewGuid(), Here, 64_000, IsForReplication: true)];
        Assert.Equal(new ConnectionPlan(ConnectionStep.Add), ConnectionPlan.For(rows, Virtual, 5000, []));
        Assert.Equal(
            new ConnectionPlan(ConnectionStep.Nothing),
            ConnectionPlan.For([.. rows, new(Guid.NewGuid(), Virtual, 5000)], Virtual, 5000, [])
        );
        var old = new ConnectionRow(Guid.NewGuid(), "ptcp:6641:10.0.0.8", 5000);
        Assert.Equal(new ConnectionPlan(ConnectionStep.Change, old.Id), ConnectionPlan.For([.. rows, old], Virtual, 5000, []));
    }
}
