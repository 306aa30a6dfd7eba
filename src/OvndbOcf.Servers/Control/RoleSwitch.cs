using OvndbOcf.Decisions.Databases;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb.Unixctl;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Changes a running server's role as ovn-ctl does (ovn-ctl(8), <c>promote_*</c>, <c>demote_*</c>): the same control commands, and the file in which ovn-ctl keeps a
/// backup's source for its next start. Starting ovn-ctl for that takes ten times as long as the server does, while clients wait. Where its files are not in the usual
/// place, ovn-ctl does it.
/// </summary>
/// <param name="parameters">The parameters.</param>
/// <param name="database">Whose server.</param>
/// <param name="ovnCtl">ovn-ctl.</param>
/// <param name="log">Where messages go.</param>
internal sealed class RoleSwitch(AgentParameters parameters, DatabaseParameters database, OvnCtl ovnCtl, OcfLog log)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private string Directory => Path.Combine(parameters.Directories.SystemConfiguration ?? "/etc", "ovn");

    private string SourceFile => Path.Combine(Directory, $"ovn{database.Prefix}-active.conf");

    /// <summary>Makes the server a backup of a source, such as <c>tcp:10.0.0.2:6641</c>; null if every step was accepted, or what was not.</summary>
    public async Task<string?> ToBackupAsync(string source, IReadOnlyList<string> ovnCtlArguments, Deadline deadline)
    {
        if (!TryWriteSource(source))
        {
            return Problem(await ovnCtl.RunAsync(ovnCtlArguments, deadline).ConfigureAwait(false));
        }

        // From OVS 3.3 on only the last of them makes a switch real.
        return Call("ovsdb-server/set-active-ovsdb-server", [source], deadline)
            ?? Call("ovsdb-server/connect-active-ovsdb-server", [], deadline)
            ?? Call(
                "ovsdb-server/set-active-ovsdb-server-probe-interval",
                [parameters.ActiveProbeInterval.ToString(System.Globalization.CultureInfo.InvariantCulture)],
                deadline
            );
    }

    /// <summary>Makes the server active; null if that was accepted, or what was not.</summary>
    public async Task<string?> ToActiveAsync(IReadOnlyList<string> ovnCtlArguments, Deadline deadline)
    {
        if (!TryRemoveSource())
        {
            return Problem(await ovnCtl.RunAsync(ovnCtlArguments, deadline).ConfigureAwait(false));
        }

        return Call("ovsdb-server/disconnect-active-ovsdb-server", [], deadline);
    }

    private static string? Problem(CommandResult result) => result.Succeeded ? null : result.Essence;

    private string? Call(string command, string[] arguments, Deadline deadline)
    {
        var reply = UnixctlCall.Run(
            ServerPaths.Of(parameters.Directories, database).Control,
            command,
            arguments,
            Deadline.After(AnswerTimeout).Earlier(deadline)
        );
        return reply.Succeeded ? null : $"{command}: {reply.Text}";
    }

    private bool TryWriteSource(string source)
    {
        try
        {
            if (!System.IO.Directory.Exists(Directory))
            {
                return false;
            }

            PlainFile.Replace(
                SourceFile,
                source + "\n",
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead
            );
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"{SourceFile} cannot be written ({exception.Message}); ovn-ctl tries instead");
            return false;
        }
    }

    private bool TryRemoveSource()
    {
        try
        {
            if (!File.Exists(SourceFile))
            {
                return false;
            }

            File.Delete(SourceFile);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"{SourceFile} cannot be removed ({exception.Message}); ovn-ctl tries instead");
            return false;
        }
    }
}
