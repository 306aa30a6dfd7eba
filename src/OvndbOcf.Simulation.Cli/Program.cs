using System.CommandLine;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Cli;

var release = new Option<string>("--release") { Description = "Debian release of the nodes", DefaultValueFactory = _ => "bookworm" };
release.AcceptOnlyFromAmong("bookworm", "trixie");
var nodes = new Option<int>("--nodes") { Description = "number of nodes", DefaultValueFactory = _ => 3 };
var ipv6 = new Option<bool>("--ipv6") { Description = "give the network an IPv6 subnet, too" };
var keep = new Option<bool>("--keep") { Description = "leave the cluster running" };
var number = new Argument<int>("node") { Description = "number of the node, counted from 1" };

var demo = new Command("demo", "Start three nodes, crash the active server under load, tell what it cost, clean up") { release, keep };
demo.SetAction((arguments, cancellation) => new Demo(
    Enum.Parse<DebianRelease>(arguments.GetValue(release)!, ignoreCase: true), arguments.GetValue(keep)).RunAsync(cancellation));

var up = new Command("up", "Start a cluster without resources and leave it running") { release, nodes, ipv6 };
up.SetAction((arguments, cancellation) => KeptClusterCommands.UpAsync(
    arguments.GetValue(release)!, arguments.GetValue(nodes), arguments.GetValue(ipv6), cancellation));

var status = new Command("status", "Show the clusters that were left running");
status.SetAction((_, cancellation) => KeptClusterCommands.StatusAsync(cancellation));

var shell = new Command("shell", "Enter a node of the newest cluster that was left running") { number };
shell.SetAction((arguments, cancellation) => KeptClusterCommands.ShellAsync(arguments.GetValue(number), cancellation));

var down = new Command("down", "Remove the clusters that were left running");
down.SetAction((_, cancellation) => KeptClusterCommands.DownAsync(cancellation));

var root = new RootCommand("Simulated Pacemaker clusters for OVN's databases") { demo, up, status, shell, down };

// Removing a cluster when a signal ends the process takes longer than the default of 2 s.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1), EnableDefaultExceptionHandler = false };
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
