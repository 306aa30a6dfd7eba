using System.Text.Json;
using CliWrap;
using CliWrap.Exceptions;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Backups;

/// <summary>Writes and reads the directory of a backup: a file of each database, and <c>manifest.json</c>. It is there as a whole or not at all.</summary>
internal static class BackupDirectory
{
    private const string ManifestName = "manifest.json";
    private const int ManifestMaxBytes = 1 << 20;

    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersDirectory = OwnersFile | UnixFileMode.UserExecute;

    private static readonly TimeSpan CopyTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The directory that somebody named; completion by the shell adds a slash.</summary>
    public static string Named(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Makes a backup of some databases.</summary>
    /// <param name="directory">Where it will be; nothing may be there.</param>
    /// <param name="manifest">The manifest without its databases.</param>
    /// <param name="servers">The databases and their active servers.</param>
    /// <param name="cancellation">Ends it, with nothing left.</param>
    /// <exception cref="CtlException">Something is there, or it could not be made; nothing is left.</exception>
    /// <exception cref="OperationCanceledException">It was ended; nothing is left.</exception>
    public static async Task<BackupManifest> WriteAsync(
        string directory,
        BackupManifest manifest,
        IReadOnlyList<(DatabaseParameters Database, ActiveServer Server)> servers,
        CancellationToken cancellation
    )
    {
        if (Path.Exists(directory))
        {
            throw new CtlException($"{directory} is there already, and no backup is written over another one", ExitStatus.Refused);
        }

        var part = $"{directory}.part-{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
            Directory.CreateDirectory(part, OwnersDirectory);
            var files = new List<BackupFile>();
            foreach (var (database, server) in servers)
            {
                files.Add(await CopyAsync(part, database, server, cancellation).ConfigureAwait(false));
            }

            var whole = manifest with { Databases = files };
            WriteManifest(Path.Combine(part, ManifestName), whole);
            Directory.Move(part, directory);
            return whole;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CtlException($"{directory} cannot be written: {exception.Message}", ExitStatus.Refused);
        }
        finally
        {
            Remove(part);
        }
    }

    /// <summary>Reads the manifest of a backup, and checks the files that it names.</summary>
    /// <exception cref="CtlException">There is none, or a file is not as it was.</exception>
    public static async Task<BackupManifest> ReadAsync(string directory, IEnumerable<string> databases)
    {
        var path = Path.Combine(directory, ManifestName);
        var manifest =
            Parse(PlainFile.ReadText(path, ManifestMaxBytes, followLink: true))
            ?? throw new CtlException($"{path} cannot be read: {directory} is no backup of ovndbctl backup", ExitStatus.Usage);
        foreach (var label in databases)
        {
            var file =
                manifest.Databases.FirstOrDefault(one => one.Database == label)
                ?? throw new CtlException($"{directory} has no backup of {label}", ExitStatus.Usage);
            var content = PathOf(directory, file);
            if (await ChecksumAsync(content).ConfigureAwait(false) != file.Sha256)
            {
                throw new CtlException(
                    $"{content} is not as it was when the backup was made: its check sum is another one",
                    ExitStatus.Refused
                );
            }
        }

        return manifest;
    }

    /// <summary>The path of a file in a backup.</summary>
    public static string PathOf(string directory, BackupFile file) => Path.Combine(directory, Path.GetFileName(file.File));

    private static async Task<BackupFile> CopyAsync(
        string directory,
        DatabaseParameters database,
        ActiveServer server,
        CancellationToken cancellation
    )
    {
        var path = Path.Combine(directory, $"ovn{database.Prefix}_db.db");
        await FetchAsync(path, database, server, cancellation).ConfigureAwait(false);

        // Read back, which takes the whole file to be sound.
        var schema = RowReader.ReadSchema(path);
        var rows = await RowReader
            .ReadFileAsync(path, database.SchemaName, [new TableShape(database.GlobalTable, ["external_ids"])])
            .ConfigureAwait(false);
        var marker = rows.Of(database.GlobalTable) is [var global, ..]
            ? PromotionMarker.Parse(OvsdbValue.Strings(global["external_ids"]).GetValueOrDefault(PromotionMarker.Key))
            : null;
        return new BackupFile(
            database.Label,
            Path.GetFileName(path),
            OvsdbValue.Text(schema["version"]),
            marker?.Number,
            new FileInfo(path).Length,
            await ChecksumAsync(path).ConfigureAwait(false)
        );
    }

    /// <summary>Lets Open vSwitch's client write a consistent copy (ovsdb-client(1), <c>backup</c>).</summary>
    private static async Task FetchAsync(string path, DatabaseParameters database, ActiveServer server, CancellationToken cancellation)
    {
        const string Tool = "ovsdb-client";
        var error = new System.Text.StringBuilder();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(CopyTimeout);
        await using var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnersFile,
            }
        );
        string[] tls = server.Tls is { } files ? ["-p", files.PrivateKey, "-c", files.Certificate, "-C", files.CaCertificate] : [];
        try
        {
            var result = await Cli.Wrap(Tool)
                .WithArguments(["--timeout=300", .. tls, "backup", server.Remote, database.SchemaName])
                .WithStandardOutputPipe(PipeTarget.ToStream(file))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(limit.Token)
                .ConfigureAwait(false);
            if (result.ExitCode != 0)
            {
                throw new CtlException(
                    $"{Tool} cannot copy {database.Label} from {server.Remote}: {error.ToString().Trim()}",
                    ExitStatus.NotDone
                );
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CtlException($"{Tool} did not copy {database.Label} from {server.Remote} in time", ExitStatus.NotDone);
        }
        catch (Exception exception)
            when (exception is System.ComponentModel.Win32Exception or CliWrapException or InvalidOperationException)
        {
            throw new CtlException($"{Tool} cannot be run: {(exception.InnerException ?? exception).Message}; install openvswitch-common");
        }

        file.Flush(flushToDisk: true);
    }

    private static async Task<string> ChecksumAsync(string path)
    {
        var result = await CommandRunner.RunAsync("sha256sum", ["--", path], CopyTimeout).ConfigureAwait(false);
        return result.Succeeded && result.Output.TrimStart('\\').Split(' ') is [{ Length: 64 } sum, ..]
            ? sum
            : throw new CtlException($"{path} cannot be read: {result.Essence}");
    }

    private static void WriteManifest(string path, BackupManifest manifest)
    {
        using var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnersFile,
            }
        );
        file.Write(System.Text.Encoding.UTF8.GetBytes(CtlJson.Write(manifest)));
        file.Flush(flushToDisk: true);
    }

    private static BackupManifest? Parse(string? text)
    {
        try
        {
            return text is null ? null : CtlJson.Read<BackupManifest>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Remove(string part)
    {
        try
        {
            if (Directory.Exists(part))
            {
                Directory.Delete(part, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its name says that it is no backup.
        }
    }
}
