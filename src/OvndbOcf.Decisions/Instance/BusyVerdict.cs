using OvndbOcf.Ocf;

namespace OvndbOcf.Decisions.Instance;

/// <summary>What monitor tells where a server is too busy to answer: that all is as it was, unless something speaks against it. Pure and total.</summary>
public static class BusyVerdict
{
    /// <summary>For how long a busy server is left alone: a million rows take seconds, and one that is still busy after this will not recover by itself.</summary>
    public static readonly TimeSpan MaxBusy = TimeSpan.FromMinutes(3);

    /// <summary>The exit code; null if the instance has to be judged as it is seen.</summary>
    /// <param name="northbound">The Northbound server.</param>
    /// <param name="southbound">The Southbound server.</param>
    /// <param name="expected">What Pacemaker expects; for a probe, what the server that answers is.</param>
    /// <param name="busyFor">Since when no answer came because of that.</param>
    public static OcfExitCode? For(ServerObservation northbound, ServerObservation southbound, ExpectedRole expected, TimeSpan busyFor)
    {
        if ((northbound.State != ServerState.Busy && southbound.State != ServerState.Busy) || busyFor >= MaxBusy)
        {
            return null;
        }

        var role = expected != ExpectedRole.Unknown ? expected : RoleOf(northbound) ?? RoleOf(southbound);
        return role is { } known && Fits(northbound, known) && Fits(southbound, known)
            ? known == ExpectedRole.Promoted
                ? OcfExitCode.Promoted
                : OcfExitCode.Success
            : null;
    }

    private static bool Fits(ServerObservation server, ExpectedRole role) => server.State == ServerState.Busy || RoleOf(server) == role;

    private static ExpectedRole? RoleOf(ServerObservation server) =>
        server.State == ServerState.Active ? ExpectedRole.Promoted
        : server.IsBackup ? ExpectedRole.Unpromoted
        : null;
}
