using System.Runtime.InteropServices;
using OvndbOcf.Linux;

namespace OvndbOcf.Ctl.Commands;

/// <summary>A terminal that is closed, or an ssh session that breaks (SIGHUP), ends a command as SIGTERM does. System.CommandLine knows that one and Ctrl-C alone.</summary>
internal sealed class HangUp : IDisposable
{
    private readonly PosixSignalRegistration _registration;
    private volatile bool _hasCome;

    /// <summary>Watches for it from now on.</summary>
    public HangUp() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);

    /// <summary>Whether it came.</summary>
    public bool HasCome => _hasCome;

    /// <inheritdoc/>
    public void Dispose() => _registration.Dispose();

    private void End(PosixSignalContext context)
    {
        _hasCome = true;

        // Only where the other signal is under way this one may be taken as dealt with.
        context.Cancel = ProcessTable.Find(Environment.ProcessId) is { } self && ProcessTable.Signal(self, Signal.Terminate);
    }
}
