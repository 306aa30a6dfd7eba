using System.CommandLine;
using OvndbOcf.Campaign;
using OvndbOcf.Campaign.Faults;
using OvndbOcf.Simulation;

namespace OvndbOcf.Lab;

/// <summary><c>cluster campaign</c>: 1 says that invariants were violated, 2 that the campaign could not go on.</summary>
internal static class CampaignCommand
{
    private const int CouldNotGoOn = 2;

    public static Command Create()
    {
        var faults = Number("--faults", "number of trials", 50, 1, 100_000);
        var seed = new Option<int>("--seed") { Description = "decides what happens when", DefaultValueFactory = _ => 7 };
        var first = Number("--first", "number of the trial to begin with", 1, 1, 100_000);
        var nodes = Number("--nodes", "number of nodes", 3, 2, 5);
        var release = new ReleaseOption();
        var agent = new Option<string>("--agent")
        {
            Description = "whose agent: this project's, or OVN's shell script",
            DefaultValueFactory = _ => "ours",
        };
        agent.AcceptOnlyFromAmong("ours", "shell");
        var only = Only();
        var output = new Option<string>("--output")
        {
            Description = "directory for the results",
            DefaultValueFactory = _ => "out/campaign",
        };
        var command = new Command("campaign", "Inject faults into a cluster under clients' writes, and check what became of it")
        {
            faults,
            seed,
            first,
            release,
            nodes,
            agent,
            only,
            output,
        };
        command.Runs(
            async (arguments, cancellation) =>
            {
                await using var run = new CampaignRun(
                    new CampaignOptions(
                        arguments.GetValue(faults),
                        arguments.GetValue(seed),
                        release.In(arguments),
                        arguments.GetValue(nodes),
                        Enum.Parse<AgentChoice>(arguments.GetValue(agent)!, ignoreCase: true),
                        arguments.GetValue(output)!,
                        arguments.GetValue(first)
                    )
                    {
                        Only = arguments.GetValue(only)!,
                    },
                    new ConsoleProgress()
                );
                return await run.RunAsync(cancellation);
            },
            CouldNotGoOn,
            "stopped; the same command goes on with what was not done"
        );
        return command;
    }

    private static Option<int> Number(string name, string description, int standard, int fewest, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < fewest || value > most))
            {
                result.AddError($"{name} is {value}: write a number from {fewest} to {most}");
            }
        });
        return option;
    }

    private static Option<string[]> Only()
    {
        var only = new Option<string[]>("--only")
        {
            Description = "part of a fault's name: only such faults come; may be given several times",
            DefaultValueFactory = _ => [],
        };
        only.Validators.Add(result =>
        {
            foreach (var text in result.GetValueOrDefault<string[]>()?.Where(text => FaultCatalog.Select([text]).Count == 0) ?? [])
            {
                result.AddError(
                    $"--only is '{text}', and no fault has that in its name; there are:\n{string.Join('\n', FaultCatalog.All.Select(kind => kind.Name))}"
                );
            }
        });
        return only;
    }
}
