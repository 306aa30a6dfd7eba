using System.CommandLine;
using OvndbOcf.Bench;
using OvndbOcf.Simulation;

var release = new Option<string>("--release") { Description = "Debian release of the nodes", DefaultValueFactory = _ => "bookworm" };
release.AcceptOnlyFromAmong("bookworm", "trixie");
var quick = new Option<bool>("--quick") { Description = "few samples, to see that everything works" };
var only = new Option<string>("--only")
{
    Description = $"sections to run, with commas between them: {string.Join(", ", BenchOptions.Sections)}",
    DefaultValueFactory = _ => "",
};
only.Validators.Add(result =>
{
    foreach (var unknown in Names(result.GetValueOrDefault<string>()).Except(BenchOptions.Sections))
    {
        result.AddError($"no section is called '{unknown}'");
    }
});
var soak = new Option<double>("--soak") { Description = "minutes of the soak", DefaultValueFactory = _ => 15 };
var output = new Option<string>("--output") { Description = "directory for results.json and chart.svg", DefaultValueFactory = _ => "out/bench" };

var root = new RootCommand("Measures the agent, beside OVN's shell agent") { release, quick, only, soak, output };
root.SetAction((arguments, cancellation) => new BenchRun(new BenchOptions(
    Enum.Parse<DebianRelease>(arguments.GetValue(release)!, ignoreCase: true),
    arguments.GetValue(quick),
    Names(arguments.GetValue(only)),
    TimeSpan.FromMinutes(arguments.GetValue(soak)),
    arguments.GetValue(output)!)).RunAsync(cancellation));

// Removing clusters when a signal ends the process takes longer than the default of 2 s.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2), EnableDefaultExceptionHandler = false };
try
{
    return await root.Parse(args).InvokeAsync(configuration);
}
catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
{
    await Console.Error.WriteLineAsync($"error: {failure.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("stopped");
    return 130;
}

static string[] Names(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
