using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Where the virtual address follows the promotion, it arrives after the promote action has ended. A server looks whether it can listen on an address whenever it
/// wakes up, which may take seconds (seen with OVS 3.1 and 3.5): clients would be refused for that long. So a process stays behind until the address is there, and wakes the servers
/// with a question. Then it has the clients of the former active node come here (<see cref="ClientFarewell"/>). Nothing depends on it: monitors wake the servers, too, and clients notice by themselves, only later.
/// </summary>
internal sealed class AddressArrival(
    ActionScope scope,
    BothServers servers,
    Precautions precautions,
    ClientFarewell farewell,
    ResourceMemory memory,
    Func<string, string?> leaveBehind
)
{
    /// <summary>The argument by which the agent runs as that process.</summary>
    public const string ActionName = "await-address";

    private static readonly TimeSpan ArrivalTimeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan WakingTimeout = TimeSpan.FromMilliseconds(500);

    // Pacemaker starts the address right after the promotion; a start that hangs is over by then.
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(30);

    /// <summary>Before the promotion: leaves that process behind if the address is yet to come; whether it was.</summary>
    public bool StartWaiterIfMissing()
    {
        memory.MissingAddress.Update(holds: false);
        if (scope.Topology.VirtualAddress is not { } address || LocalAddress.IsUsable(address))
        {
            return false;
        }

        StartWaiter();
        return true;
    }

    /// <summary>Leaves that process behind.</summary>
    public void StartWaiter()
    {
        if (leaveBehind(ActionName) is { } problem)
        {
            scope.Log.Warning($"cannot wait for the virtual address: {problem}; clients may have to wait for the next monitor");
        }
    }

    /// <summary>Whether a monitor of the promoted instance has to tell that the address has not come. Reads one small file.</summary>
    public static bool IsOverdue(ResourceMemory memory) => memory.MissingAddress.HasLasted(Overdue);

    /// <summary>At a thorough monitor of the promoted instance: notes whether the address is there, and tells if it has been missing for long.</summary>
    public void Check()
    {
        if (scope.Topology.VirtualAddress is { } address && memory.MissingAddress.Update(!LocalAddress.IsUsable(address)) >= Overdue)
        {
            scope.Log.Warning(
                $"{address} is not on this node, though its databases are active: clients cannot connect; look at the address's resource and its constraints (crm_mon)"
            );
        }
    }

    /// <summary>Waits until the address is there, wakes the servers, prepares them for many clients at once, and has those of the former active node come here.</summary>
    public async Task<ActionResult> RunAsync()
    {
        if (scope.Topology.VirtualAddress is not { } address)
        {
            // In load-balancer mode the promotion made them listen, and whoever balances sends clients here.
            await RaiseBacklogsAsync().ConfigureAwait(false);
            return ActionResult.Success;
        }

        if (
            await Wait.UntilAsync(
                    $"the address {address}",
                    () => LocalAddress.IsUsable(address),
                    Deadline.After(ArrivalTimeout, scope.Clock),
                    scope.Log
                )
                .ConfigureAwait(false)
        )
        {
            servers.Observe(scope.Deadline);
            await RaiseBacklogsAsync().ConfigureAwait(false);

            // Where servers may listen on addresses that are yet to come, it may still be elsewhere.
            if (
                await Wait.UntilAsync(
                        $"{address} on this node",
                        () => NodeAddress.IsLocal(address),
                        Deadline.After(ArrivalTimeout, scope.Clock),
                        scope.Log
                    )
                    .ConfigureAwait(false)
            )
            {
                await farewell.EndAsync(address).ConfigureAwait(false);
            }
        }

        return ActionResult.Success;
    }

    // A server that was just woken is about to listen.
    private Task<bool> RaiseBacklogsAsync() =>
        Wait.UntilAsync("the servers to listen", () => precautions.RaiseListenBacklogs(), scope.Deadline.Within(WakingTimeout), scope.Log);
}
