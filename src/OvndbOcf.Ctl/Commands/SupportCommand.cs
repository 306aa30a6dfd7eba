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

        It has no rows of databases, no private keys, no passwords, and no parameters of fencing but Pacemaker's own. Look through it all the same before you hand it on. Of other nodes it has what the cluster knows: run it there, too.
        Exit status: 0 written, also where parts are missing, which manifest.json tells; 4 refused.

        Examples:
          ovndbctl support /root/ovndb-node1.tar.gz
        """;

    /// <summary>A new one.</summary>
    public static Command Create()
    {
        var command = new Command("support", Description);
        var file = new Argument<string>("file") { Description = "the archive, which is made (tar, gzip)" };
        command.Add(file);
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
                var manifest = new SupportManifest
                {
                    Time = facts.Time,
                    Node = facts.LocalNode,
                    Resource = facts.Resource.Id,
                    Version = CtlVersion.Current,
                    Files = [],
                    Missing = [],
                    OtherNodes = [.. view.Nodes.Where(node => !node.IsLocal).Select(node => node.Name)],
                    SecretsRemoved = 0,
                };
                var path = Path.GetFullPath(arguments.GetValue(file)!);
                var files = SupportContent.Build(manifest, entries);
                SupportArchive.Write(path, $"ovndb-support-{facts.LocalNode ?? "node"}", files, facts.Time);
                await arguments
                    .InvocationConfiguration.Output.WriteAsync(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{path}: {files.Count} files; manifest.json tells what is missing.\nLook through it before you hand it on.\n"
                        )
                    )
                    .ConfigureAwait(false);
                return ExitStatus.Ok;
            }
        );
        return command;
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
