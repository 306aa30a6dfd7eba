using System.CommandLine;
using System.CommandLine.Help;
using OvndbOcf.Ocf;
using OvndbOcf.Servers;
using OvndbOcf.Servers.Actions;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Agent;

/// <summary>The executable as a resource agent: <c>ovndb-servers ACTION</c>, with everything else in the environment (OCF 1.1).</summary>
internal static class AgentCommand
{
    /// <summary>Runs the action that the arguments name; what follows it is ignored, as OCF 1.1 asks. Returns the exit status.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is [var name, ..] && AgentActions.All.FirstOrDefault(action => action.Name == name).Run is { } run)
        {
            // Pacemaker's way in. Setting up the command line takes longer than asking both servers.
            return (int)Perform(run, error);
        }

        if (arguments is [OcfActions.AwaitAddressName])
        {
            return (int)Perform(actions => actions.AwaitAddressAsync(), TextWriter.Null);
        }

        var root = Build(output, error);
        if (
            arguments is [var first, ..]
            && (first is "-h" or "-?" or "--help" or "--version" || root.Subcommands.Any(command => command.Name == first))
        )
        {
            return root.Parse([first])
                .Invoke(
                    new InvocationConfiguration
                    {
                        Output = output,
                        Error = error,
                        ProcessTerminationTimeout = null,
                    }
                );
        }

        error.WriteLine(
            arguments is [var unknown, ..]
                ? $"ovndb-servers: there is no action '{OcfLog.OneLine(unknown, 80)}'"
                : "ovndb-servers: which action?"
        );
        Usage(root, error);
        return (int)OcfExitCode.Unimplemented;
    }

    private static Command Build(TextWriter output, TextWriter error)
    {
        // Not a RootCommand: that one is named after the file, which may have any name, and refuses some.
        var root = new Command(
            "ovndb-servers",
            "OCF resource agent for OVN's Northbound and Southbound databases. Pacemaker runs it; see 'pcs resource describe ocf:ovn:ovndb-servers'."
        )
        {
            new HelpOption(),
            new VersionOption(),
        };
        foreach (var (name, description, run) in AgentActions.All)
        {
            var command = new Command(name, description);
            command.SetAction(_ => (int)Perform(run, error));
            root.Add(command);
        }

        var metaData = new Command("meta-data", "describe the agent in XML");
        metaData.SetAction(_ => output.Write(AgentDescription.Definition.ToXml()));
        root.Add(metaData);
        foreach (var name in (string[])["usage", "help"])
        {
            var usage = new Command(name, "list the actions");
            usage.SetAction(_ => Usage(root, output));
            root.Add(usage);
        }

        return root;
    }

    private static OcfExitCode Perform(Func<OcfActions, Task<ActionResult>> run, TextWriter error)
    {
        var environment = OcfEnvironment.FromProcess(AgentDescription.Name);
        var told = ResourceMemory.ToldOf(environment);
        var log = new OcfLog(
            error,
            AgentDescription.Name,
            environment.ResourceName,
            environment.Debug,
            Syslog.Open(environment.LogFacility, isNew: told.IsNew)
        );
        var result = Guard(() => run(new OcfActions(environment, log)));
        if (result.Reason is { } reason)
        {
            log.ExitReason(reason);
        }

        return result.Code;
    }

    private static ActionResult Guard(Func<Task<ActionResult>> run)
    {
        try
        {
            return run().GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // Whatever happens, Pacemaker gets a defined exit status and a reason.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ActionResult.Error(
                $"unexpected {exception.GetType().Name}: {exception.Message}; this is a defect of the agent, please report it"
            );
        }
    }

    private static void Usage(Command root, TextWriter writer)
    {
        writer.WriteLine("usage: ovndb-servers ACTION");
        writer.WriteLine();
        foreach (var command in root.Subcommands)
        {
            writer.WriteLine($"  {command.Name, -13} {command.Description}");
        }

        writer.WriteLine();
        writer.WriteLine("Parameters come from the environment (OCF_RESKEY_*); meta-data describes them.");
    }
}
