using System.CommandLine;
using System.Globalization;
using OvndbOcf.Ctl.Checks;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Support;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Commands;

/// <summary><c>ovndbctl support</c>.</summary>
internal static class SupportCommand
{
    private const string Description = """
        Write an archive with what helps somebody elsewhere: status, configuration, logs, versions, headers of database files.

        It has no rows of databases, no private keys, no passwords, and no parameters of fencing but Pacemaker's own. Look through it all the same before you hand it on. Of other nodes it has what the cluster knows, and with --ssh their own archives.
        Exit status: 0 written, also where parts are missing, which manifest.json tells; 4 refused.

        Examples:
          ovndbctl support /root/ovndb.tar.gz --ssh
          ovndbctl support - | base64 --decode > ovndb-node1.tar.gz
        """;

    private const string StandardOutput = "-";

    /// <summary>A new one.</summary>
    public static Command Create()
    {
        var command = new Command("support", Description);
        var file = new Argument<string>("file")
        {
            Description = "the archive, which is made (tar, gzip); - for standard output, in base64",
        };
        var ssh = new Option<bool>("--ssh") { Description = "also fetch the other nodes' archives, by ssh without a password" };
        command.Add(file);
        command.Add(ssh);
        var common = CommonOptions.AddTo(command, hasOutput: false);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = common.Settings(arguments);
                var facts = await new Gatherer(settings).GatherAsync(cancellation).ConfigureAwait(false);
                var view = ViewBuilder.Build(facts);
                List<SupportEntry> entries =
                [
                    .. await new SupportGatherer(settings).GatherAsync(facts, view).ConfigureAwait(false),
                    await CheckAsync(facts.Resource.Id).ConfigureAwait(false),
                ];
                var others = view.Nodes.Where(node => !node.IsLocal).Select(node => node.Name).ToList();
                if (arguments.GetValue(ssh))
                {
                    var fetched = await new NodeArchives("ssh", facts.Resource.Id).FetchAsync(others).ConfigureAwait(false);
                    others = [.. others.Zip(fetched).Where(node => node.Second.Archive is null).Select(node => node.First)];
                    entries.AddRange(fetched);
                }

                var manifest = new SupportManifest
                {
                    Time = facts.Time,
                    Node = facts.LocalNode,
                    Resource = facts.Resource.Id,
                    Version = CtlVersion.Current,
                    Files = [],
                    Missing = [],
                    OtherNodes = others,
                    SecretsRemoved = 0,
                };
                var files = SupportContent.Build(manifest, entries);
                var folder = $"ovndb-support-{facts.LocalNode ?? "node"}";
                var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
                if (arguments.GetValue(file) == StandardOutput)
                {
                    await output.WriteLineAsync(SupportArchive.Text(folder, files, facts.Time)).ConfigureAwait(false);
                    await error.WriteAsync(Told("standard output", files.Count, others)).ConfigureAwait(false);
                    return ExitStatus.Ok;
                }

                var path = Path.GetFullPath(arguments.GetValue(file)!);
                SupportArchive.Write(path, folder, files, facts.Time);
                await output.WriteAsync(Told(path, files.Count, others)).ConfigureAwait(false);
                return ExitStatus.Ok;
            }
        );
        return command;
    }

    private static string Told(string where, int files, List<string> others)
    {
        var more =
            others.Count > 0
                ? $"Of {string.Join(", ", others)} it has only what the cluster knows: run it there, too, or with --ssh.\n"
                : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{where}: {files} files; manifest.json tells what is missing.\n{more}Look through it before you hand it on.\n"
        );
    }

    private static async Task<SupportEntry> CheckAsync(string resource)
    {
        var output = new StringWriter();
        await CheckCommand
            .Create()
            .Parse(["--output", "json", "--resource", resource])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = output })
            .ConfigureAwait(false);
        return new SupportEntry("ovndbctl/check.json", output.ToString());
    }
}
