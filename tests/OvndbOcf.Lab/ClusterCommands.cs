using System.CommandLine;

namespace OvndbOcf.Lab;

/// <summary><c>cluster up</c>, <c>status</c>, <c>shell</c> and <c>down</c>: clusters that outlive one command.</summary>
internal static class ClusterCommands
{
    public static Command Up()
    {
        var release = new ReleaseOption(needsWholeOvn: false);
        var nodes = new Option<int>("--nodes") { Description = "number of nodes", DefaultValueFactory = _ => 3 };
        var ipv6 = new Option<bool>("--ipv6") { Description = "give the network an IPv6 subnet, too" };
        var resources = new Option<bool>("--resources") { Description = "create the resources with virtual-ip.sh" };
        var hypervisors = new Option<int>("--hypervisors")
        {
            Description = "number of hypervisors beside the cluster: chassis, with --resources",
        };
        var command = new Command("up", "Start a cluster and leave it running") { release, nodes, ipv6, resources, hypervisors };
        command.Runs(
            (arguments, cancellation) =>
                RunningClusters.StartAsync(
                    release.In(arguments),
                    arguments.GetValue(nodes),
                    arguments.GetValue(ipv6),
                    arguments.GetValue(resources),
                    arguments.GetValue(hypervisors),
                    cancellation
                )
        );
        return command;
    }

    public static Command Status()
    {
        var output = new Option<string>("--output") { Description = "for people or for programs", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        var command = new Command("status", "Show the clusters that were left running") { output };
        command.Runs(
            (arguments, cancellation) =>
                arguments.GetValue(output) == "json" ? RunningClusters.DescribeAsync(cancellation) : RunningClusters.ShowAsync(cancellation)
        );
        return command;
    }

    public static Command Shell()
    {
        var number = new Argument<int>("node") { Description = "number of the node, counted from 1" };
        var command = new Command("shell", "Enter a node of the newest cluster that was left running") { number };
        command.Runs((arguments, cancellation) => RunningClusters.EnterAsync(arguments.GetValue(number), cancellation));
        return command;
    }

    public static Command Down()
    {
        var command = new Command("down", "Remove the clusters that were left running");
        command.Runs((_, cancellation) => RunningClusters.RemoveAsync(cancellation));
        return command;
    }
}
