using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Ovsdb.Unixctl;
using Xunit;

namespace OvndbOcf.ClusterTests.Protocol;

/// <summary>What tests of the protocol clients against real servers share.</summary>
public abstract class ProtocolTests(OvsdbContainer servers)
{
    protected const string Nb = "OVN_Northbound";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    protected OvsdbContainer Servers { get; } = servers;

    protected static Deadline Soon() => Deadline.After(TimeSpan.FromSeconds(5));

    protected UnixctlReply Call(string server, string method, params string[] arguments) =>
        UnixctlCall.Run(Servers.Control(server), method, arguments, Soon());

    /// <summary>Runs a command that has to succeed.</summary>
    protected string Text(string server, string method, params string[] arguments)
    {
        var reply = Call(server, method, arguments);
        Assert.True(reply.Succeeded, $"{reply.Failure}: {reply.Text}");
        return reply.Text;
    }

    protected DatabaseSyncStatus Status(string server) => SyncStatus.Parse(Text(server, "ovsdb-server/sync-status")).For(Nb);

    protected OvsdbClient Connect(string server) => OvsdbClient.Connect(Servers.Database(server), Soon());

    /// <summary>Waits until a server has this status; fails with the last one seen.</summary>
    protected async Task Becomes(string server, SyncRole role, Replication replication, string? remote, CancellationToken cancellation)
    {
        var expected = new DatabaseSyncStatus(role, replication, remote, null);
        var deadline = Soon();
        while (Status(server) != expected && !deadline.HasPassed)
        {
            await Task.Delay(Pause, cancellation);
        }

        Assert.Equal(expected, Status(server));
    }
}
