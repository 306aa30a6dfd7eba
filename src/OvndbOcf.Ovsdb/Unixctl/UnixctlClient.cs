using OvndbOcf.Linux;

namespace OvndbOcf.Ovsdb.Unixctl;

/// <summary>
/// Runs commands over the control socket of an OVS or OVN daemon (the <c>.ctl</c> file, see ovs-appctl(8)). Never throws for what the
/// server does or fails to do; never waits beyond the deadline.
/// </summary>
public static class UnixctlClient
{
    /// <summary>
    /// Connects and sends the command without waiting. Begin the calls to all servers, then finish each with the same deadline: what
    /// one server takes is not taken from the other, as an answer that is there by then is always read.
    /// </summary>
    /// <param name="socketPath">The control socket; paths longer than <c>sun_path</c> work too.</param>
    /// <param name="method">The command, such as <c>ovsdb-server/sync-status</c>.</param>
    /// <param name="arguments">The command's arguments.</param>
    public static UnixctlCall Begin(string socketPath, string method, params ReadOnlySpan<string> arguments) =>
        new(socketPath, UnixctlMessage.Request(method, arguments));

    /// <summary>Runs one command and waits for its reply until the deadline.</summary>
    public static UnixctlReply Call(string socketPath, string method, ReadOnlySpan<string> arguments, Deadline deadline) =>
        Begin(socketPath, method, arguments).Finish(deadline);

    /// <summary>Waits for all calls together until the deadline, and leaves those without a reply under way; whether all have one.</summary>
    public static bool WaitAll(ReadOnlySpan<UnixctlCall> calls, Deadline deadline) => UnixctlCall.WaitAll(calls, deadline);

    /// <summary>
    /// Waits for all calls together. Unlike finishing them one by one, this also keeps trying to connect to a server whose queue is
    /// full while another is awaited.
    /// </summary>
    /// <returns>The replies, in the order of the calls.</returns>
    public static UnixctlReply[] FinishAll(ReadOnlySpan<UnixctlCall> calls, Deadline deadline)
    {
        UnixctlCall.FinishAll(calls, deadline);
        var replies = new UnixctlReply[calls.Length];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = calls[i].Finish(deadline);
        }

        return replies;
    }
}
