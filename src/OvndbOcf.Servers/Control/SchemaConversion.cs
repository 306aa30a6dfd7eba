using System.Globalization;
using System.Text.Json.Nodes;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>What a database's server is to be started with.</summary>
/// <param name="Outcome">Whether it may be.</param>
/// <param name="Schema">The schema to name to ovn-ctl; null for that of this node's OVN.</param>
internal readonly record struct PreparedFile(Outcome Outcome, FormerSchema? Schema = null);

/// <summary>A schema that is older than that of this node's OVN.</summary>
/// <param name="File">The file with it.</param>
/// <param name="LacksCipherSuites">Whether ovn-ctl would have the server read a column that it does not have (<c>ssl_ciphersuites</c>, OVN 25.03), which keeps it from starting.</param>
internal sealed record FormerSchema(string File, bool LacksCipherSuites);

/// <summary>
/// Converts a database's file to the schema of this node's OVN before ovn-ctl sees it, unless it is to be served as it is (<see cref="SchemaChoice"/>). ovn-ctl would do the same (<c>upgrade_db</c> of ovs-lib), and where it fails remove the file and
/// start with an empty one. Here the new file is made beside the old one, and takes its place only when it is complete; the old one stays under the name that ovn-ctl would
/// have given its backup.
/// </summary>
/// <param name="ovnCtl">Whose schema files count.</param>
/// <param name="directories">Where OVN's files are.</param>
/// <param name="memory">Beside its notes lies the schema that a server is started with.</param>
/// <param name="log">Where messages go.</param>
internal sealed class SchemaConversion(OvnCtl ovnCtl, OvnDirectories directories, ResourceMemory memory, OcfLog log)
{
    private const string Tool = "ovsdb-tool";
    private const string WorkSuffix = ".converting";
    private const long Reserve = 16 << 20;
    private const int MaxSchemaBytes = 4 << 20;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Done if ovn-ctl has nothing to convert, also where that cannot be found out: it keeps a backup itself then. Otherwise why the server must not be started; the file is
    /// as it was.
    /// </summary>
    /// <param name="database">Whose file.</param>
    /// <param name="path">The file; it need not be there. Its server does not run.</param>
    /// <param name="active">Asks the cluster for the schema of the active servers; called only where it matters.</param>
    /// <param name="deadline">When it has to be done.</param>
    public async Task<PreparedFile> EnsureAsync(
        DatabaseParameters database,
        string path,
        Func<Task<ActiveSchema>> active,
        Deadline deadline
    )
    {
        if (ovnCtl.ExecutablePath is not { } executable)
        {
            return new PreparedFile(Outcome.Done);
        }

        if (!File.Exists(path))
        {
            return new PreparedFile(Outcome.Done, await SchemaForNewAsync(database, active, deadline).ConfigureAwait(false));
        }

        if (
            SchemaFile.Find(database, executable, directories.PackageData, File.Exists) is not { } schemaFile
            || SchemaFile.Read(schemaFile) is not { } wanted
        )
        {
            log.Warning(
                $"{database.Label}: no schema file was found for {executable}; ovn-ctl decides whether to convert {path}, and keeps a backup beside the file"
            );
            return new PreparedFile(Outcome.Done);
        }

        var schema = ReadSchema(path);
        if (schema is null || SchemaId.Of(schema) is not { } present || present.IsSurely(wanted))
        {
            return new PreparedFile(Outcome.Done);
        }

        var asked = await RunAsync(["needs-conversion", path, schemaFile], deadline).ConfigureAwait(false);
        if (!asked.Succeeded)
        {
            log.Warning($"{database.Label}: {asked}; ovn-ctl decides whether to convert {path}, and keeps a backup beside the file");
            return new PreparedFile(Outcome.Done);
        }

        if (asked.Output.Trim() != "yes")
        {
            return new PreparedFile(Outcome.Done);
        }

        return
            present.Number < wanted.Number
            && SchemaChoice.ForBackup(present.Number, wanted.Number, await active().ConfigureAwait(false)) == ServedSchema.OfFile
            && Keep(database, path, schema, present, wanted) is { } kept
            ? new PreparedFile(Outcome.Done, kept)
            : new PreparedFile(await ConvertAsync(database, path, schemaFile, present, wanted, deadline).ConfigureAwait(false));
    }

    /// <summary>The active servers' schema, for a file that is to be made; null where that of this node's OVN will do, or has to.</summary>
    private async Task<FormerSchema?> SchemaForNewAsync(DatabaseParameters database, Func<Task<ActiveSchema>> active, Deadline deadline)
    {
        var known = await active().ConfigureAwait(false);
        if (SchemaChoice.ForNewFile(OwnVersion(database), known) != ServedSchema.OfFile || known.Remote is not { } remote)
        {
            return null;
        }

        var tls = database.Tls;
        string[] identity =
            database.Protocol == DatabaseProtocol.Ssl ? ["-p", tls.PrivateKey, "-c", tls.Certificate, "-C", tls.CaCertificate] : [];
        var result = await CommandRunner
            .RunAsync(
                "ovsdb-client",
                [.. identity, "get-schema", remote, database.SchemaName],
                Deadline.After(AnswerTimeout).Earlier(deadline).Remaining,
                outputMaxBytes: MaxSchemaBytes
            )
            .ConfigureAwait(false);
        if (!result.Succeeded)
        {
            log.Warning($"{database.Label}: the schema of {remote} cannot be had: {result.Essence}; check the network");
            return null;
        }

        return Write(database, result.Output);
    }

    // What the schema of this node's OVN has, its ovn-ctl knows of.
    private bool IsNewHere(DatabaseParameters database, string column, string former) =>
        !former.Contains(column, StringComparison.Ordinal)
        && ovnCtl.ExecutablePath is { } executable
        && SchemaFile.Find(database, executable, directories.PackageData, File.Exists) is { } own
        && PlainFile.ReadText(own, MaxSchemaBytes, followLink: true) is { } text
        && text.Contains(column, StringComparison.Ordinal);

    private FormerSchema? Write(DatabaseParameters database, string schema)
    {
        var file = memory.Schema(database);
        if (file.Write(schema))
        {
            return new FormerSchema(file.Location, IsNewHere(database, "\"ssl_ciphersuites\"", schema));
        }

        log.Warning(
            $"{database.Label}: {file.Location} cannot be written, so the server starts with the schema of the OVN here, by which it may not be able to follow; check the disk"
        );
        return null;
    }

    // ovn-ctl converts to whatever schema it is given: so it is given the one that the file has.
    private FormerSchema? Keep(DatabaseParameters database, string path, JsonObject schema, SchemaId present, SchemaId wanted)
    {
        if (Write(database, schema.ToJsonString()) is not { } file)
        {
            return null;
        }

        log.Info(
            $"{database.Label}: {path} keeps schema {present.Version}, which the active servers have, and is converted to {wanted.Version} of the OVN here before a promotion"
        );
        return file;
    }

    private static JsonObject? ReadSchema(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return DatabaseFileCheck.ReadSchema(file);
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

    /// <summary>The version of the schema of this node's OVN; null if it is not known.</summary>
    public Version? OwnVersion(DatabaseParameters database) =>
        ovnCtl.ExecutablePath is { } executable && SchemaFile.Find(database, executable, directories.PackageData, File.Exists) is { } file
            ? SchemaFile.Read(file)?.Number
            : null;

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
