using System.CommandLine;
using OvndbOcf.Bench;

namespace OvndbOcf.Lab;

/// <summary><c>cluster bench</c>.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var release = new ReleaseOption();
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
        var output = new Option<string>("--output")
        {
            Description = "directory for results.json and chart.svg",
            DefaultValueFactory = _ => "out/bench",
        };
        var beside = new Option<string>("--beside")
        {
            Description = "other builds of the agent, NAME=PATH with commas between them, whose monitor is measured in the same run",
            DefaultValueFactory = _ => "",
        };
        beside.Validators.Add(result =>
        {
            foreach (var wrong in Names(result.GetValueOrDefault<string>()).Where(text => OtherBuild.Parse(text) is null))
            {
                result.AddError($"'{wrong}' is not NAME=PATH with letters and digits in the name and the path of a file");
            }
        });
        var command = new Command("bench", "Measure the agent, beside OVN's shell agent") { release, quick, only, soak, output, beside };
        command.Runs(
            (arguments, cancellation) =>
                new BenchRun(
                    new BenchOptions(
                        release.In(arguments),
                        arguments.GetValue(quick),
                        Names(arguments.GetValue(only)),
                        TimeSpan.FromMinutes(arguments.GetValue(soak)),
                        arguments.GetValue(output)!,
                        [.. Names(arguments.GetValue(beside)).Select(OtherBuild.Parse).OfType<OtherBuild>()]
                    )
                ).RunAsync(cancellation)
        );
        return command;
    }

    private static string[] Names(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
