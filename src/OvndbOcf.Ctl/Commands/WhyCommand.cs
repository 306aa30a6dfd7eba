using System.CommandLine;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;

namespace OvndbOcf.Ctl.Commands;

/// <summary><c>ovndbctl why</c>.</summary>
internal static class WhyCommand
{
    private const string Description = """
        Explain why nobody is active, or whether a node can be promoted.

        The facts that count come first, then what follows from them, and the next step as a command.

        Exit status: 0 somebody is active, or the node can be; 2 not; 3 not known.

        Examples:
          ovndbctl why
          ovndbctl why node2
        """;

    /// <summary>A new one.</summary>
    public static Command Create()
    {
        var command = new Command("why", Description);
        var node = new Argument<string?>("node")
        {
            Description = "the node that is asked about; without one, the whole cluster",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Add(node);
        var common = CommonOptions.AddTo(command);
        command.SetAction(
            async (arguments, _) =>
            {
                var settings = common.Settings(arguments);
                var facts = await new Gatherer(settings).GatherAsync(CancellationToken.None).ConfigureAwait(false);
                var view = ViewBuilder.Build(facts);
                var explanation = arguments.GetValue(node) is { } name
                    ? Why.Node(
                        view,
                        view.Nodes.FirstOrDefault(candidate => candidate.Name == name)
                            ?? throw new CtlException(
                                $"the cluster has no node {name}; there are: {string.Join(", ", view.Nodes.Select(known => known.Name))}",
                                ExitStatus.Usage
                            ),
                        LocalNode.SendsAhead(LocalNode.ParametersOf(facts.Resource))
                    )
                    : Why.Nobody(view);
                await arguments
                    .InvocationConfiguration.Output.WriteAsync(
                        settings.Output == "json" ? CtlJson.Write(explanation) : WhyText.Render(explanation, RenderOptions.ForConsole())
                    )
                    .ConfigureAwait(false);
                return explanation.Promotable switch
                {
                    true => ExitStatus.Ok,
                    false => ExitStatus.Critical,
                    null => ExitStatus.Unknown,
                };
            }
        );
        return command;
    }
}
