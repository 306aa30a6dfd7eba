using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Topology;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Topology;

public sealed class MissedSourceTests
{
    private static readonly ServerState[] Backups = [ServerState.Replicating, ServerState.Disconnected, ServerState.ReplicationFailed];

    [Fact]
    public void A_backup_is_pointed_at_active_servers_only_where_nobody_else_can_answer()
    {
        foreach (var state in Enum.GetValues<ServerState>())
        {
            foreach (
                var view in from mine in Flags
                from own in Flags
                from promoted in (bool?[])[true, false, null]
                from here in Flags
                from failed in Flags
                select new MissedSource(mine, own, promoted, here, failed)
            )
            {
                foreach (var isRight in Flags)
                {
                    var seen = new ServerObservation(state, "tcp:10.0.0.2:6641", "");
                    var isCertain = !view.IsMine && !view.IsHere && (view.IsNodesOwn || view.IsPromoted == true);
                    var isNeeded = !isRight || (state == ServerState.ReplicationFailed && view.HasFailedForLong);
                    Assert.Equal(Backups.Contains(state) && isCertain && isNeeded, view.MustFollow(seen, isRight));
                }
            }
        }
    }

    private static bool[] Flags => [false, true];
}
