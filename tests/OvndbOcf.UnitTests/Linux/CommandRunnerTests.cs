using System.Diagnostics;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

[Collection(OneAtATime.Name)]
public sealed class CommandRunnerTests : IDisposable
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(15);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 20000)]
    public async Task The_exit_status_and_both_outputs_are_told()
    {
        var result = await RunAsync("echo out; echo err >&2; exit 42");
        Assert.Equal(new CommandResult("command", CommandEnd.Exited, 42, "out\n", "err\n"), result);
        Assert.False(result.Succeeded);
        Assert.Equal("command exited with 42: err out", result.ToString());
    }

    [Fact(Timeout = 20000)]
    public async Task A_command_that_says_nothing_and_exits_with_0_succeeded()
    {
        var result = await RunAsync("exit 0");
        Assert.True(result.Succeeded);
        Assert.Equal("command exited with 0", result.ToString());
    }

    [Fact(Timeout = 20000)]
    public async Task Arguments_arrive_as_they_are()
    {
        string[] arguments = ["two words", "", "$HOME `id` \"quoted\" 'too' \\", "--a=*", "größer\n"];
        var result = await CommandRunner.RunAsync(_folder.Script("command", "printf '<%s>' \"$@\""), arguments, Ample);
        Assert.Equal(string.Concat(arguments.Select(argument => $"<{argument}>")), result.Output);
    }

    [Fact(Timeout = 20000)]
    public async Task Variables_are_added_to_the_environment()
    {
        var result = await CommandRunner.RunAsync(
            _folder.Script("command", "echo \"$OVN_RUNDIR,${PATH:+path}\""),
            [],
            Ample,
            new Dictionary<string, string?> { ["OVN_RUNDIR"] = "/srv/x" }
        );
        Assert.Equal("/srv/x,path\n", result.Output);
    }

    [Fact(Timeout = 20000)]
    public async Task Of_output_beyond_the_bound_the_first_part_is_kept()
    {
        var result = await RunAsync("head -c 300000 /dev/zero | tr '\\0' o; head -c 300000 /dev/zero | tr '\\0' e >&2; echo; exit 3");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(new string('o', CommandRunner.OutputMaxBytes), result.Output);
        Assert.Equal(new string('e', CommandRunner.OutputMaxBytes), result.Error);
    }

    [Fact(Timeout = 20000)]
    public async Task A_daemon_that_keeps_the_output_open_does_not_hold_up_its_starter()
    {
        var clock = Stopwatch.StartNew();
        var result = await RunAsync("sleep 30 & echo $!; exit 5");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(5, result.ExitCode);
        Assert.Equal(CommandEnd.Exited, result.End);

        // It goes on running: the runner ends nothing that the command left behind on purpose.
        var daemon = ProcessTable.Find(int.Parse(result.Output.Trim(), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("sleep", daemon?.Name);
        Assert.True(ProcessTable.Signal(daemon!, Signal.Kill));
    }

    [Fact(Timeout = 20000)]
    public async Task A_command_beyond_its_time_is_killed_with_what_it_waits_for()
    {
        var clock = Stopwatch.StartNew();
        var result = await CommandRunner.RunAsync(
            _folder.Script("command", $"trap '' TERM; echo begun; sleep 30 & echo $$ $! >'{_folder["ids"]}'; wait"),
            ["--now"],
            TimeSpan.FromSeconds(1)
        );
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(6));
        Assert.Equal(new CommandResult("command --now", CommandEnd.TimedOut, -1, "begun\n", ""), result);
        Assert.Equal("command --now did not finish in time: begun", result.ToString());
        foreach (var id in File.ReadAllText(_folder["ids"]).Split())
        {
            if (int.TryParse(id, out var process))
            {
                await Poll.UntilAsync(
                    "the command to be gone",
                    () => ProcessTable.Find(process) is null,
                    TestContext.Current.CancellationToken
                );
            }
        }
    }

    [Fact(Timeout = 20000)]
    public async Task Without_any_time_nothing_is_waited_for()
    {
        var clock = Stopwatch.StartNew();
        var result = await CommandRunner.RunAsync(_folder.Script("command", "sleep 30"), [], TimeSpan.Zero);
        Assert.Equal(CommandEnd.TimedOut, result.End);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact(Timeout = 20000)]
    public async Task What_reads_standard_input_finds_it_at_its_end()
    {
        var result = await RunAsync("cat; echo end");
        Assert.Equal("end\n", result.Output);
    }

    [Fact(Timeout = 20000)]
    public async Task A_missing_executable_is_told_of() => await NotStartedAsync(_folder["missing"]);

    [Fact(Timeout = 20000)]
    public async Task A_file_that_is_not_executable_is_told_of() => await NotStartedAsync(_folder.Write("plain", "#!/bin/bash\n"));

    [Fact(Timeout = 20000)]
    public async Task A_directory_is_told_of() => await NotStartedAsync(_folder.Path, "directory");

    [Fact(Timeout = 20000)]
    public async Task A_script_whose_interpreter_is_missing_is_told_of()
    {
        var script = _folder.Script("script", "");
        File.WriteAllText(script, "#!/no/such/interpreter\n");
        await NotStartedAsync(script);
    }

    private static async Task NotStartedAsync(string path, string? names = null)
    {
        var result = await CommandRunner.RunAsync(path, ["start"], Ample);
        Assert.Equal(CommandEnd.NotStarted, result.End);
        Assert.Equal(-1, result.ExitCode);
        Assert.False(result.Succeeded);
        Assert.Contains(names ?? path, result.Error, StringComparison.Ordinal);
        Assert.StartsWith($"{Path.GetFileName(path)} start could not be started: ", result.ToString(), StringComparison.Ordinal);
    }

    private Task<CommandResult> RunAsync(string script) => CommandRunner.RunAsync(_folder.Script("command", script), [], Ample);
}
