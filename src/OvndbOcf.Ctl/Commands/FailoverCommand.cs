using System.CommandLine;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Moving;
using OvndbOcf.Ctl.Output;

namespace OvndbOcf.Ctl.Commands;

/// <summary><c>ovndbctl failover</c>.</summary>
internal static class FailoverCommand
{
    private const string Description = """
        Promote a copy that lacks data, where the node with the data is lost for good.

        It says which rows would be lost, has you type that, looks again whether it is still so, allows one promotion, waits, and checks. It refuses where nobody has to lose anything: somebody is active, another copy may be promoted, or the node that was active last is online.

        The permission is withdrawn in any case, also after Ctrl-C and where the terminal is closed.
        Exit status: 0 promoted; 4 refused or not confirmed, nothing was changed; 5 not done in time; 130 interrupted.

        Examples:
          ovndbctl failover --dry-run
          ovndbctl failover --accept-loss node3
          ovndbctl failover --accept-loss node3 --yes --timeout 60
        """;

    /// <summary>A new one.</summary>
    public static Command Create()
    {
        var command = new Command("failover", Description);
        var node = new Argument<string?>("node")
        {
            Description = "the node that is to be active; without one, that with the best copy",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var accept = new Option<bool>("--accept-loss") { Description = "promote although rows are lost" };
        var dry = new Option<bool>("--dry-run") { Description = "say what would be lost, and change nothing" };
        var yes = CommonOptions.Yes();
        var timeout = CommonOptions.Timeout();
        command.Add(node);
        command.Add(accept);
        command.Add(dry);
        command.Add(yes);
        command.Add(timeout);
        var common = CommonOptions.AddTo(command, hasOutput: false);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = common.Settings(arguments);
                var output = arguments.InvocationConfiguration.Output;
                var view = ViewBuilder.Build(await new Gatherer(settings).GatherAsync(cancellation).ConfigureAwait(false));
                var target = CommonOptions.NodeOf(view, arguments.GetValue(node));
                var plan = FailoverPlan.Decide(view, target);
                await output.WriteAsync(FailoverText.Plan(plan, RenderOptions.ForConsole())).ConfigureAwait(false);
                if (plan.Refusal is not null)
                {
                    return ExitStatus.Refused;
                }

                if (arguments.GetValue(dry))
                {
                    return ExitStatus.Ok;
                }

                if (!arguments.GetValue(accept))
                {
                    await output.WriteLineAsync("Refused: with --accept-loss it is done all the same.").ConfigureAwait(false);
                    return ExitStatus.Refused;
                }

                return await new Confirmation(output).IsGivenAsync(plan.Phrase, arguments.GetValue(yes), cancellation).ConfigureAwait(false)
                    ? await new Failover(settings, output, cancellation)
                        .RunAsync(plan, TimeSpan.FromSeconds(arguments.GetValue(timeout)))
                        .ConfigureAwait(false)
                    : ExitStatus.Refused;
            }
        );
        return command;
    }
}
