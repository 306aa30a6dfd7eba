using System.CommandLine;
using OvndbOcf.Lab;

var root = new RootCommand(
    "Simulated Pacemaker clusters for OVN's databases: a demo, clusters to try things in, a benchmark and a fault campaign"
)
{
    DemoCommand.Create(),
    ClusterCommands.Up(),
    ClusterCommands.Status(),
    ClusterCommands.Shell(),
    FaultCommand.Create(),
    ClusterCommands.Down(),
    BenchCommand.Create(),
    CampaignCommand.Create(),
};

// Removing clusters when a signal ends the process takes longer than the default of 2 s. What nobody expected ends the process with its
// stack: the default handler's 1 would say of a campaign that invariants were violated.
var configuration = new InvocationConfiguration
{
    ProcessTerminationTimeout = TimeSpan.FromMinutes(2),
    EnableDefaultExceptionHandler = false,
};
return await root.Parse(args).InvokeAsync(configuration);
