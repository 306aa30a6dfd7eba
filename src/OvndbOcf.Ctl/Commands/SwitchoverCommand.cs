using System.CommandLine;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Moving;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Commands;

/// <summary><c>ovndbctl switchover</c>.</summary>
internal static class SwitchoverCommand
{
    private const string Description = """
        Move the active databases to another node, as planned.

        It says beforehand whether a row can be lost, moves, waits, checks, and reports for how long clients could not write.

        The preference by which Pacemaker moves them is removed in any case, also after Ctrl-C and where the terminal is closed; where this command is killed, it ends by itself a minute after the timeout.
        Exit status: 0 moved, or nothing to do; 4 refused, nothing was changed; 5 not done in time; 130 interrupted.

        Examples:
          ovndbctl switchover --dry-run
          ovndbctl switchover --dry-run --output json
          ovndbctl switchover --to node2
        """;

    /// <summary>A new one.</summary>
    public static Command Create()
    {
        var command = new Command("switchover", Description);
        var to = new Option<string?>("--to")
        {
            Description = "the node that is to be active; the best other one by itself",
            HelpName = "NODE",
        };
        var dry = new Option<bool>("--dry-run") { Description = "say what would be done, and change nothing" };
        var loss = new Option<bool>("--allow-loss") { Description = "move also where it is not proven that no row is lost" };
        var timeout = CommonOptions.Timeout();
        command.Add(to);
        command.Add(dry);
        command.Add(loss);
        command.Add(timeout);
        var common = CommonOptions.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(dry) && common.IsJson(result))
            {
                result.AddError("--output json is for --dry-run");
            }
        });
        command.SetAction(
            async (arguments, cancellation) =>
            {
                var settings = common.Settings(arguments);
                var output = arguments.InvocationConfiguration.Output;
                var facts = await new Gatherer(settings).GatherAsync(cancellation).ConfigureAwait(false);
                var view = ViewBuilder.Build(facts);
                var target = CommonOptions.NodeOf(view, arguments.GetValue(to));
                var parameters = LocalNode.ParametersOf(facts.Resource);
                var plan = SwitchoverPlan.Decide(view, target, LocalNode.SendsAhead(parameters));
                var isJson = arguments.GetValue(dry) && settings.Output == "json";
                await output
                    .WriteAsync(isJson ? CtlJson.Write(plan.ToView()) : SwitchoverText.Plan(plan, RenderOptions.ForConsole()))
                    .ConfigureAwait(false);
                if (plan.Verdict == SwitchoverVerdict.MayLose && !arguments.GetValue(loss))
                {
                    if (!isJson)
                    {
                        await output.WriteLineAsync("Refused: with --allow-loss it is done all the same.").ConfigureAwait(false);
                    }

                    return ExitStatus.Refused;
                }

                return plan.Verdict switch
                {
                    SwitchoverVerdict.Refused => ExitStatus.Refused,
                    SwitchoverVerdict.NothingToDo => ExitStatus.Ok,
                    _ when arguments.GetValue(dry) => ExitStatus.Ok,
                    _ => await new Switchover(settings, output, cancellation)
                        .RunAsync(plan, view, parameters, TimeSpan.FromSeconds(arguments.GetValue(timeout)))
                        .ConfigureAwait(false),
                };
            }
        );
        return command;
    }
}
