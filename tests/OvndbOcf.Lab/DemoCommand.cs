using System.CommandLine;

namespace OvndbOcf.Lab;

/// <summary><c>cluster demo</c>.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var release = new ReleaseOption();
        var keep = new Option<bool>("--keep") { Description = "leave the cluster running" };
        var command = new Command("demo", "Start three nodes, crash the active server under load, tell what it cost, clean up")
        {
            release,
            keep,
        };
        command.Runs((arguments, cancellation) => new Demo(release.In(arguments), arguments.GetValue(keep)).RunAsync(cancellation));
        return command;
    }
}
