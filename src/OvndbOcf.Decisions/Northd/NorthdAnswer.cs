using OvndbOcf.Ovsdb.Unixctl;

namespace OvndbOcf.Decisions.Northd;

/// <summary>Turns what ovn-northd says over its control socket into its state (ovn-northd(8), "Runtime Management Commands"). Pure and total.</summary>
public static class NorthdAnswer
{
    /// <summary>Tells whether it is active, standby or paused.</summary>
    public const string StatusCommand = "status";

    /// <summary>Tells whether it is connected to the Northbound database.</summary>
    public const string NorthboundCommand = "nb-connection-status";

    /// <summary>Tells whether it is connected to the Southbound database.</summary>
    public const string SouthboundCommand = "sb-connection-status";

    /// <summary>
    /// The state of an ovn-northd whose process runs. One that gives no answer counts as running: it computes for seconds at a time in large networks. So does one on standby that is connected,
    /// because another ovn-northd holds the lock.
    /// </summary>
    /// <param name="status">The reply to <see cref="StatusCommand"/>, such as <c>Status: active</c>.</param>
    /// <param name="northbound">The reply to <see cref="NorthboundCommand"/>: <c>connected</c> or <c>not connected</c>.</param>
    /// <param name="southbound">The reply to <see cref="SouthboundCommand"/>.</param>
    public static NorthdState Judge(UnixctlReply status, UnixctlReply northbound, UnixctlReply southbound)
    {
        if (Says(status, "Status: paused"))
        {
            return NorthdState.Paused;
        }

        return Says(northbound, "not connected") || Says(southbound, "not connected") ? NorthdState.Disconnected : NorthdState.Running;
    }

    private static bool Says(UnixctlReply reply, string text) =>
        reply.Succeeded && reply.Text.AsSpan().Trim().Equals(text, StringComparison.OrdinalIgnoreCase);
}
