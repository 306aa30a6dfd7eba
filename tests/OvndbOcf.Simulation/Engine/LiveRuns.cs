using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace OvndbOcf.Simulation.Engine;

/// <summary>The clusters of this process that are to be removed at its end, whichever way it ends.</summary>
internal static class LiveRuns
{
    private static readonly TimeSpan CreationLimit = TimeSpan.FromSeconds(15);
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Runs = new();
    private static readonly Lock Gate = new();
    private static readonly List<PosixSignalRegistration> Signals = [];

    /// <summary>Cancelled when the process is told to end: nothing more shall be started then.</summary>
    public static CancellationTokenSource Ending { get; } = new();

    /// <summary>
    /// From now on the run is removed at Ctrl-C, at termination signals and at a normal exit, once <see cref="Created"/> has been
    /// called: what is just being created is not found by its label yet.
    /// </summary>
    /// <exception cref="OperationCanceledException">The process has been told to end.</exception>
    public static void Add(string run)
    {
        lock (Gate)
        {
            Ending.Token.ThrowIfCancellationRequested();
            if (Signals.Count == 0)
            {
                foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
                {
                    Signals.Add(PosixSignalRegistration.Create(signal, _ => RemoveAll()));
                }

                AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveAll();
            }

            Runs[run] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Nothing more is being created for the run, whether that succeeded or not.</summary>
    public static void Created(string run)
    {
        if (Runs.TryGetValue(run, out var creation))
        {
            creation.TrySetResult();
        }
    }

    /// <summary>The run is gone, or shall stay.</summary>
    public static void Forget(string run) => Runs.TryRemove(run, out _);

    private static void RemoveAll()
    {
        lock (Gate)
        {
            try
            {
                Ending.Cancel();
            }
            catch (AggregateException failure)
            {
                // Whatever a call under way made of its cancellation: an exception in a signal handler would end the process at once.
                Console.Error.WriteLine($"while stopping: {failure.InnerException?.Message}");
            }

            Task.WaitAll([.. Runs.Values.Select(creation => creation.Task)], CreationLimit);
            foreach (var run in Runs.Keys)
            {
                try
                {
                    Cleanup.RemoveRunAsync(run, CancellationToken.None).GetAwaiter().GetResult();
                    Forget(run);
                }
                catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
                {
                    Console.Error.WriteLine($"could not remove cluster {run}; the next start will: {failure.Message}");
                }
            }
        }
    }
}
