using System.Globalization;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Processes;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Converts a database's file to the schema of this node's OVN before ovn-ctl sees it. ovn-ctl would do the same (<c>upgrade_db</c> of ovs-lib), and where it fails remove the file and
/// start with an empty one. Here the new file is made beside the old one, and takes its place only when it is complete; the old one stays under the name that ovn-ctl would
/// have given its backup.
/// </summary>
/// <param name="ovnCtl">Whose schema files count.</param>
/// <param name="packageData">OVN_PKGDATADIR, or null.</param>
/// <param name="log">Where messages go.</param>
public sealed class SchemaConversion(OvnCtl ovnCtl, string? packageData, OcfLog log)
{
    private const string Tool = "ovsdb-tool";
    private const string WorkSuffix = ".converting";
    private const long Reserve = 16 << 20;

    /// <summary>
    /// Done if ovn-ctl has nothing to convert, also where that cannot be found out: it keeps a backup itself then. Otherwise why the server must not be started; the file is
    /// as it was.
    /// </summary>
    /// <param name="database">Whose file.</param>
    /// <param name="path">The file; it need not be there. Its server does not run.</param>
    /// <param name="deadline">When it has to be done.</param>
    public async Task<Outcome> EnsureAsync(DatabaseParameters database, string path, Deadline deadline)
    {
        if (!File.Exists(path) || ovnCtl.ExecutablePath is not { } executable)
        {
            return Outcome.Done;
        }

        if (
            SchemaFile.Find(database, executable, packageData, File.Exists) is not { } schemaFile
            || SchemaFile.Read(schemaFile) is not { } wanted
        )
        {
            log.Warning(
                $"{database.Label}: no schema file was found for {executable}; ovn-ctl decides whether to convert {path}, and keeps a backup beside the file"
            );
            return Outcome.Done;
        }

        var present = ReadSchema(path);
        if (present is null || present.IsSurely(wanted))
        {
            return Outcome.Done;
        }

        var asked = await RunAsync(["needs-conversion", path, schemaFile], deadline).ConfigureAwait(false);
        if (!asked.Succeeded)
        {
            log.Warning($"{database.Label}: {asked}; ovn-ctl decides whether to convert {path}, and keeps a backup beside the file");
            return Outcome.Done;
        }

        return asked.Output.Trim() == "yes"
            ? await ConvertAsync(database, path, schemaFile, present, wanted, deadline).ConfigureAwait(false)
            : Outcome.Done;
    }

    private static SchemaId? ReadSchema(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return DatabaseFileCheck.ReadSchema(file) is { } schema ? SchemaId.Of(schema) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<Outcome> ConvertAsync(
        DatabaseParameters database,
        string path,
        string schemaFile,
        SchemaId present,
        SchemaId wanted,
        Deadline deadline
    )
    {
        // A link leads to the file; what takes its place has to be in the same file system.
        var target = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        var work = target + WorkSuffix;
        try
        {
            RemoveWork(work);
            var needed = (2 * new FileInfo(target).Length) + Reserve;
            if (new DriveInfo(Path.GetDirectoryName(target)!).AvailableFreeSpace is var free && free < needed)
            {
                return Outcome.Failed(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{database.Label}: no room to convert {path} from schema {present.Version} to {wanted.Version}: {free >> 20} MiB are free, {needed >> 20} MiB are needed; make room"
                    )
                );
            }

            Directory.CreateDirectory(work, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var converted = Path.Combine(work, Path.GetFileName(target));
            var converting = await MakeAsync(target, schemaFile, converted, deadline).ConfigureAwait(false);
            if (converting.End == CommandEnd.TimedOut)
            {
                return Outcome.Failed(
                    $"{database.Label}: {path} could not be converted from schema {present.Version} to {wanted.Version} in time; the file is unchanged; raise the action's timeout"
                );
            }

            if (!converting.Succeeded || !File.Exists(converted))
            {
                log.Warning(converting.ToString());
                return Outcome.Failed(
                    $"{database.Label}: {path} has schema {present.Version} and cannot be converted to {wanted.Version} of the OVN here; install an OVN that can convert the file, or rename the file "
                        + $"if another node has the data ({converting.Essence})"
                );
            }

            File.SetUnixFileMode(converted, File.GetUnixFileMode(target));
            var backup = FreeName.Like($"{target}.backup{Plain(present.Version)}-{Plain(present.Checksum)}");
            File.Replace(converted, target, backup);
            log.Warning(
                $"{database.Label}: {path} was converted from schema {present.Version} to {wanted.Version} of the OVN here; the former file is kept as {backup}"
            );
            return Outcome.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Failed(
                $"{database.Label}: {path} cannot be converted from schema {present.Version} to {wanted.Version}: {exception.Message}; check the disk"
            );
        }
        finally
        {
            RemoveWork(work);
        }
    }

    private static async Task<CommandResult> MakeAsync(string source, string schemaFile, string converted, Deadline deadline)
    {
        // A log of old transactions may not be valid in the new schema where its outcome is: so it is compacted first, as ovn-ctl does. An older ovsdb-tool may not be able to.
        var compacted = converted + ".compacted";
        var compacting = await RunAsync(["compact", source, compacted], deadline).ConfigureAwait(false);
        return await RunAsync(["convert", compacting.Succeeded ? compacted : source, schemaFile, converted], deadline)
            .ConfigureAwait(false);
    }

    private static Task<CommandResult> RunAsync(string[] arguments, Deadline deadline) =>
        CommandRunner.RunAsync(Tool, arguments, deadline.Remaining, new Dictionary<string, string?> { ["LC_ALL"] = "C" });

    private void RemoveWork(string work)
    {
        try
        {
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"{work} cannot be removed: {exception.Message}; remove the directory by hand");
        }
    }

    // It is part of a name, and comes from the file.
    private static string Plain(string text) =>
        string.Concat(text.TakeWhile(character => char.IsAsciiDigit(character) || character == '.'));
}
