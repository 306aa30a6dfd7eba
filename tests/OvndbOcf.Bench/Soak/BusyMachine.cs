using OvndbOcf.Simulation;

namespace OvndbOcf.Bench.Soak;

/// <summary>Keeps all CPU cores busy from a container beside the cluster.</summary>
internal static class BusyMachine
{
    // Each loop ends by itself too: killing the docker client would leave it.
    private const string Loops = "for _ in $(seq \"$2\"); do timeout \"$1\" sh -c 'while :; do :; done' & done; wait";

    /// <summary>Loads each core with one loop for that time.</summary>
    public static Task LoadAsync(Machine machine, TimeSpan duration, CancellationToken cancellationToken) =>
        machine.ExecAsync(
            ["sh", "-c", Loops, "loops", $"{(int)duration.TotalSeconds}", $"{Environment.ProcessorCount}"],
            duration + TimeSpan.FromMinutes(1),
            cancellationToken: cancellationToken
        );
}
