using OvndbOcf.Decisions.Instance;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Instance;

public sealed class BackupWayTests
{
    [Theory]
    [InlineData(ServerState.NotRunning, BackupWay.Start, BackupWay.Stop)]
    [InlineData(ServerState.Active, BackupWay.Demote, BackupWay.Demote)]
    [InlineData(ServerState.Replicating, BackupWay.Stay, BackupWay.Stay)]
    [InlineData(ServerState.Disconnected, BackupWay.Stay, BackupWay.Stay)]
    [InlineData(ServerState.ReplicationFailed, BackupWay.Stay, BackupWay.Stay)]
    [InlineData(ServerState.Busy, BackupWay.Wait, BackupWay.Stop)]
    [InlineData(ServerState.Hung, BackupWay.Restart, BackupWay.Stop)]
    [InlineData(ServerState.Unclear, BackupWay.Restart, BackupWay.Stop)]
    [InlineData((ServerState)99, BackupWay.Restart, BackupWay.Stop)]
    public void Each_state_has_its_way(ServerState state, BackupWay way, BackupWay beforeStop)
    {
        Assert.Equal(way, BackupWays.From(state));
        Assert.Equal(way, BackupWays.AtDemotion(state, stopFollows: false));
        Assert.Equal(beforeStop, BackupWays.AtDemotion(state, stopFollows: true));
    }
}
