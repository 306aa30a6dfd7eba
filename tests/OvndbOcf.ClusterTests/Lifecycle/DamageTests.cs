using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>Database files that a disk has damaged.</summary>
public abstract class DamageTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    private const string Directory = "/var/lib/ovn";

    [Theory(Timeout = 150_000)]
    [InlineData("ovnnb_db", 60)]
    [InlineData("ovnsb_db", 20_000)]
    public async Task A_damaged_file_of_a_backup_is_set_aside_and_fetched_anew(string database, int offset)
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var backup = Backup(before);
        var killed = database == "ovnnb_db" ? before[backup.Name].Northbound : before[backup.Name].Southbound;
        var setAside = await SetAsideAsync(backup);
        await DamageAsync(backup, database, offset);
        await SignalAsync(backup, "KILL", killed.Pid);

        // The invariants include that every acknowledged row is in every copy.
        var after = await HoldAsync(
            "damage of a backup's file",
            FailoverLimit,
            also: view =>
                view[backup.Name].Northbound.Process == killed.Process || view[backup.Name].Southbound.Process == killed.Process
                    ? "it is the same server"
                    : null
        );
        Assert.Equal(active.Name, Promoted(after));
        AssertUntouched(before, after, active.Name);
        Assert.StartsWith(
            $"{Directory}/{database}.db.damaged-",
            Assert.Single((await SetAsideAsync(backup)).Except(setAside)),
            StringComparison.Ordinal
        );
    }

    /// <summary>What a server has read is in its memory: nothing is lost, and the new active server's copy is the next to be read.</summary>
    [Fact(Timeout = 150_000)]
    public async Task A_damaged_file_of_the_active_costs_no_row_when_its_server_dies()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var killed = before[active.Name].Northbound;
        var setAside = await SetAsideAsync(active);
        await DamageAsync(active, "ovnnb_db", 60);
        await SignalAsync(active, "KILL", killed.Pid);
        await HoldAsync(
            "damage of the active server's file",
            FailoverLimit,
            also: view => view[active.Name].Northbound.Process == killed.Process ? "it is the same server" : null
        );
        Assert.StartsWith(
            $"{Directory}/ovnnb_db.db.damaged-",
            Assert.Single((await SetAsideAsync(active)).Except(setAside)),
            StringComparison.Ordinal
        );
    }

    /// <summary>The server drops all records from one on that it cannot read, and starts as if nothing were wrong.</summary>
    [Fact(Timeout = 240_000)]
    public async Task A_backup_whose_file_the_server_does_not_read_to_its_end_fetches_its_data_anew()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var backup = Backup(before);
        var setAside = await SetAsideAsync(backup);
        await PcsAsync("node", "standby", backup.Name);
        await HoldAsync("standby of a backup", FailoverLimit, absent: [backup.Name]);
        await backup.ExecCheckedAsync(["python3", "-"], standardInput: Unreadable, cancellationToken: Cancellation);
        await PcsAsync("node", "unstandby", backup.Name);
        var after = await HoldAsync("a record that cannot be read in a backup's file", FailoverLimit);
        Assert.Equal(active.Name, Promoted(after));
        Assert.StartsWith(
            $"{Directory}/ovnnb_db.db.damaged-",
            Assert.Single((await SetAsideAsync(backup)).Except(setAside)),
            StringComparison.Ordinal
        );
    }

    /// <summary>What was dropped may be what the others did not get: a copy that lacks it is not the last active one.</summary>
    [Fact(Timeout = 240_000)]
    public async Task A_former_active_whose_file_the_server_does_not_read_to_its_end_is_not_promoted_for_it()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var killed = before[active.Name].Northbound;
        var setAside = await SetAsideAsync(active);

        // Killed at once, as the next transaction would be written over it.
        await active.ExecCheckedAsync(
            ["sh", "-c", $"kill -STOP {killed.Pid} && python3 - && kill -KILL {killed.Pid}"],
            standardInput: Unreadable,
            cancellationToken: Cancellation
        );
        var after = await HoldAsync(
            "a record that cannot be read in the active server's file",
            FailoverLimit,
            also: view => view[active.Name].Northbound.Process == killed.Process ? "it is the same server" : null
        );
        Assert.NotEqual(active.Name, Promoted(after));
        Assert.StartsWith(
            $"{Directory}/ovnnb_db.db.damaged-",
            Assert.Single((await SetAsideAsync(active)).Except(setAside)),
            StringComparison.Ordinal
        );
    }

    /// <summary>Appends two records with right check sums, of which a server cannot read the first.</summary>
    private const string Unreadable = """
        import hashlib
        def record(text):
            data = (text + "\n").encode()
            return b"OVSDB JSON %d %s\n" % (len(data), hashlib.sha1(data).hexdigest().encode()) + data
        with open("/var/lib/ovn/ovnnb_db.db", "ab") as file:
            file.write(record("no JSON"))
            file.write(record('{"_date":2,"_is_diff":true,"Logical_Switch":{"8f676d47-268c-4325-8670-6f56c457ecd1":{"name":"dropped"}}}'))
        """;

    private static Task<ExecResult> DamageAsync(ClusterNode node, string database, int offset) =>
        node.ExecCheckedAsync(
            ["sh", "-c", $"echo garbage | dd of={Directory}/{database}.db bs=1 seek={offset} conv=notrunc status=none"],
            cancellationToken: Cancellation
        );

    private static async Task<IReadOnlyList<string>> SetAsideAsync(ClusterNode node) =>
        (await node.ExecCheckedAsync(["find", Directory, "-name", "*.damaged-*"], cancellationToken: Cancellation)).Output.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormDamageTests(BookwormLifecycleCluster lifecycle) : DamageTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class TrixieDamageTests(TrixieLifecycleCluster lifecycle) : DamageTests(lifecycle);
