using System.CommandLine;
using OvndbOcf.Campaign;
using OvndbOcf.Campaign.Faults;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Simulation;

var faults = new Option<int>("--faults") { Description = "number of trials", DefaultValueFactory = _ => 50 };
var seed = new Option<int>("--seed") { Description = "decides what happens when", DefaultValueFactory = _ => 7 };
var first = new Option<int>("--first") { Description = "number of the trial to begin with", DefaultValueFactory = _ => 1 };
var nodes = new Option<int>("--nodes") { Description = "number of nodes", DefaultValueFactory = _ => 3 };
foreach (var (option, fewest, most) in new[] { (faults, 1, 100_000), (first, 1, 100_000), (nodes, 2, 5) })
{
    option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is var value && (value < fewest || value > most))
        {
            result.AddError($"{option.Name} is {value}: write a number from {fewest} to {most}");
        }
    });
}

var release = new Option<string>("--release") { Description = "Debian release of the nodes", DefaultValueFactory = _ => "bookworm" };
release.AcceptOnlyFromAmong("bookworm", "trixie");
var agent = new Option<string>("--agent") { Description = "whose agent: this project's, or OVN's shell script", DefaultValueFactory = _ => "ours" };
agent.AcceptOnlyFromAmong("ours", "shell");
var only = new Option<string[]>("--only") { Description = "part of a fault's name: only such faults come; may be given several times", DefaultValueFactory = _ => [] };
only.Validators.Add(result =>
{
    foreach (var text in result.GetValueOrDefault<string[]>()?.Where(text => FaultCatalog.Select([text]).Count == 0) ?? [])
    {
        result.AddError($"--only is '{text}', and no fault has that in its name; there are:\n{string.Join('\n', FaultCatalog.All.Select(kind => kind.Name))}");
    }
});
var output = new Option<string>("--output") { Description = "directory for the results", DefaultValueFactory = _ => "out/campaign" };

var root = new RootCommand("Injects faults into a cluster under clients' writes, and checks what became of it") { faults, seed, first, release, nodes, agent, only, output };
root.SetAction(async (arguments, cancellation) =>
{
    await using var run = new CampaignRun(new CampaignOptions(
        arguments.GetValue(faults),
        arguments.GetValue(seed),
        Enum.Parse<DebianRelease>(arguments.GetValue(release)!, ignoreCase: true),
        arguments.GetValue(nodes),
        Enum.Parse<AgentChoice>(arguments.GetValue(agent)!, ignoreCase: true),
        arguments.GetValue(output)!,
        arguments.GetValue(first)) { Only = arguments.GetValue(only)! }, new ConsoleProgress());
    return await run.RunAsync(cancellation);
});

// Removing a cluster when a signal ends the process takes longer than the default of 2 s.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1), EnableDefaultExceptionHandler = false };
try
{
    return await root.Parse(args).InvokeAsync(configuration);
}
catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or ExecException or OvsdbCallException or FormatException or IOException)
{
    await Console.Error.WriteLineAsync($"error: {failure.Message}");
    return 2;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("stopped; the same command goes on with what was not done");
    return 130;
}
