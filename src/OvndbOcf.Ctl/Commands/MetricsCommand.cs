using System.CommandLine;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Metrics;
using OvndbOcf.Ctl.Serving;
using OvndbOcf.Linux;

namespace OvndbOcf.Ctl.Commands;

/// <summary><c>ovndbctl metrics</c>.</summary>
internal static class MetricsCommand
{
    private const string Description = """
        Print metrics for Prometheus, write them to a file, or serve them.

        They are those of this node and of the cluster as it sees it. What cannot be found out is left out, and ovndb_source_readable says why.
        With several resources it tells of all, unless --resource names one.

        Examples:
          ovndbctl metrics
          ovndbctl metrics --textfile /var/lib/prometheus/node-exporter/ovndb.prom
          ovndbctl metrics --listen 9479
          ovndbctl metrics --listen 10.0.0.2:9479
        """;

    // node_exporter runs as another user, and reads no other files than these.
    private const string Ending = ".prom";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>A new one.</summary>
    public static Command Create()
    {
        var command = new Command("metrics", Description);
        var textfile = new Option<string?>("--textfile")
        {
            Description = "write a file for node_exporter's textfile collector; without a path, the one of the settings",
            HelpName = "PATH",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var listen = new Option<string?>("--listen")
        {
            Description =
                "answer GET /metrics there until Ctrl-C or SIGTERM; a port alone is that of 127.0.0.1, without one that of the settings",
            HelpName = "[ADDRESS:]PORT",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Add(textfile);
        command.Add(listen);
        command.Validators.Add(result =>
        {
            if (result.GetResult(textfile) is not null && result.GetResult(listen) is not null)
            {
                result.AddError("choose --textfile or --listen");
            }
        });
        var common = CommonOptions.AddTo(command, hasOutput: false);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = common.Settings(arguments);
                if (arguments.GetResult(listen) is not null)
                {
                    await ServeAsync(arguments.GetValue(listen) ?? settings.Listen, settings, cancellation).ConfigureAwait(false);
                }
                else if (arguments.GetResult(textfile) is not null)
                {
                    await WriteFileAsync(arguments.GetValue(textfile) ?? settings.Textfile, settings).ConfigureAwait(false);
                }
                else
                {
                    var text = await MetricsPage.WriteAsync(settings).ConfigureAwait(false);
                    await arguments.InvocationConfiguration.Output.WriteAsync(text).ConfigureAwait(false);
                }

                return ExitStatus.Ok;
            }
        );
        return command;
    }

    private static async Task ServeAsync(string? address, CtlSettings settings, CancellationToken cancellation)
    {
        if (address is null)
        {
            throw new CtlException(
                $"it is not said where to listen: write --listen ADDRESS:PORT, or listen = ADDRESS:PORT in {CtlSettings.File}",
                ExitStatus.Usage
            );
        }

        using var listener = MetricsListener.Open(
            ListenAddress.Parse(address)
                ?? throw new CtlException(
                    $"'{address}' is not where one can listen; write a port from 1 to 65535, or ADDRESS:PORT, such as 10.0.0.2:9479 or [::1]:9479",
                    ExitStatus.Usage
                )
        );
        await listener.RunAsync(() => MetricsPage.WriteAsync(settings), cancellation).ConfigureAwait(false);
    }

    private static async Task WriteFileAsync(string path, CtlSettings settings)
    {
        if (!path.EndsWith(Ending, StringComparison.Ordinal))
        {
            throw new CtlException($"node_exporter reads files *{Ending} alone; name {path} so", ExitStatus.Usage);
        }

        try
        {
            PlainFile.Replace(path, await MetricsPage.WriteAsync(settings).ConfigureAwait(false), Mode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CtlException(
                $"{path} cannot be written: {exception.Message} Name the directory that node_exporter's --collector.textfile.directory has, here or as textfile in {CtlSettings.File}"
            );
        }
    }
}
