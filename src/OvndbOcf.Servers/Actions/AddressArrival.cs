using System.ComponentModel;
using System.Diagnostics;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Where the virtual address follows the promotion, it arrives after the promote action has ended. A server looks whether it can listen on an address whenever it
/// wakes up, which may take seconds (seen with OVS 3.1 and 3.5): clients would be refused for that long. So a process stays behind until the address is there, and wakes the servers
/// with a question. Then it has the clients of the former active node come here (<see cref="ClientFarewell"/>). Nothing depends on it: monitors wake the servers, too, and clients notice by themselves, only later.
/// </summary>
public static class AddressArrival
{
    /// <summary>The argument by which the agent runs as that process.</summary>
    public const string ActionName = "await-address";

    private static readonly TimeSpan ArrivalTimeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan WakingTimeout = TimeSpan.FromMilliseconds(500);

    // Pacemaker starts the address right after the promotion; a start that hangs is over by then.
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(30);

    /// <summary>Before the promotion: leaves that process behind if the address is yet to come; whether it was.</summary>
    public static bool BeginIfMissing(AgentContext context)
    {
        context.MissingAddress.Update(holds: false);
        if (context.Topology.VirtualAddress is not { } address || LocalAddress.IsUsable(address))
        {
            return false;
        }

        Begin(context);
        return true;
    }

    /// <summary>Leaves that process behind.</summary>
    public static void Begin(AgentContext context)
    {
        if (Environment.ProcessPath is not { } self)
        {
            return;
        }

        try
        {
            // Streams of its own: whoever reads this process's output must not wait for that one's end.
            using var process = Process.Start(
                new ProcessStartInfo(self, [ActionName])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = "/",
                }
            );
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException)
        {
            context.Log.Warning($"cannot wait for the virtual address: {exception.Message}; clients may have to wait for the next monitor");
        }
    }

    /// <summary>Whether a monitor of the promoted instance has to tell that the address has not come. Reads one small file.</summary>
    public static bool IsOverdue(AgentContext context) => context.MissingAddress.HasLasted(Overdue);

    /// <summary>At a thorough monitor of the promoted instance: notes whether the address is there, and tells if it has been missing for long.</summary>
    public static void Check(AgentContext context)
    {
        if (context.Topology.VirtualAddress is { } address && context.MissingAddress.Update(!LocalAddress.IsUsable(address)) >= Overdue)
        {
            context.Log.Warning(
                $"{address} is not on this node, though its databases are active: clients cannot connect; look at the address's resource and its constraints (crm_mon)"
            );
        }
    }

    /// <summary>Waits until the address is there, wakes the servers, prepares them for many clients at once, and has those of the former active node come here.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        if (context.Topology.VirtualAddress is not { } address)
        {
            // In load-balancer mode the promotion made them listen, and whoever balances sends clients here.
            await RaiseBacklogsAsync(context).ConfigureAwait(false);
            return ActionResult.Success;
        }

        if (
            await Wait.UntilAsync(
                    $"the address {address}",
                    () => LocalAddress.IsUsable(address),
                    Deadline.After(ArrivalTimeout),
                    context.Log
                )
                .ConfigureAwait(false)
        )
        {
            context.Observe(context.Deadline);
            await RaiseBacklogsAsync(context).ConfigureAwait(false);

            // Where servers may listen on addresses that are yet to come, it may still be elsewhere.
            if (
                await Wait.UntilAsync(
                        $"{address} on this node",
                        () => NodeAddress.IsLocal(address),
                        Deadline.After(ArrivalTimeout),
                        context.Log
                    )
                    .ConfigureAwait(false)
            )
            {
                await ClientFarewell.EndAsync(context, address).ConfigureAwait(false);
            }
        }

        return ActionResult.Success;
    }

    // A server that was just woken is about to listen.
    private static Task<bool> RaiseBacklogsAsync(AgentContext context) =>
        Wait.UntilAsync(
            "the servers to listen",
            () => Precautions.RaiseListenBacklogs(context),
            Deadline.After(WakingTimeout).Earlier(context.Deadline),
            context.Log
        );
}
