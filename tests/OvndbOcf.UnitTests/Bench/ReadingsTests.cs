using OvndbOcf.Bench;
using OvndbOcf.Bench.Cpu;
using OvndbOcf.Bench.Failover;
using OvndbOcf.Bench.Monitor;
using OvndbOcf.Bench.Results;
using OvndbOcf.Bench.Scale;
using OvndbOcf.Bench.Soak;
using Xunit;

namespace OvndbOcf.UnitTests.Bench;

/// <summary>What the benchmark reads from the nodes.</summary>
public sealed class ReadingsTests
{
    [Fact]
    public void Calls_have_an_exit_code_and_two_times() =>
        Assert.Equal([new ProgramCall(8, 2.7, 1.9), new ProgramCall(-9, 155, 87.004)], ProgramCall.Parse("8 2700 1900\n-9 155000 87004\n"));

    [Fact]
    public void A_line_that_is_no_call_is_an_error() => Assert.Throws<FormatException>(() => ProgramCall.Parse("Traceback\n"));

    [Fact]
    public void Processes_are_counted_and_threads_are_not() =>
        Assert.Equal(
            new ProcessCount(3, 3),
            ProcessCount.Parse(
                """
                10 execve("/agent", ["/agent", "monitor"], 0x7ffe /* 20 vars */) = 0
                10 clone3({flags=CLONE_VM|CLONE_THREAD, stack_size=0x7fff00}, 88) = 11
                10 vfork( <unfinished ...>
                12 execve("/usr/local/bin/tool", ["tool"], 0x7ffe /* 20 vars */) = -1 ENOENT (No such file or directory)
                12 execve("/usr/bin/tool", ["tool"], 0x7ffe /* 20 vars */ <unfinished ...>
                10 <... vfork resumed>) = 12
                12 <... execve resumed>) = 0
                10 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD) = 13
                13 execve("/bin/sh", ["sh"], 0x7ffe /* 20 vars */) = 0
                10 fork() = 14
                """
            )
        );

    [Fact]
    public void The_time_of_children_stands_behind_a_name_that_may_contain_anything() =>
        Assert.Equal(12 + 5, CpuSection.ChildTicks("40 (pace) maker) S 37 40 40 0 -1 4194560 14832 72520 0 7 6 9 12 5 0 -20 1 0 2491609"));

    [Fact]
    public void Only_the_results_of_promote_actions_count_as_promotions() =>
        Assert.Equal(
            1,
            SoakWatch.Count([
                "Nov 23 node1 pacemaker-controld  [41] (log_executor_event) notice: Result of promote operation for ovndb on node1: ok",
                "Nov 23 node1 pacemaker-controld  [41] (log_executor_event) notice: Result of monitor operation for ovndb on node1: ok",
                "Nov 23 node1 pacemaker-controld  [41] (te_rsc_command) notice: Initiating promote operation ovndb_promote_0 locally on node1",
            ])
        );

    [Fact]
    public void Memory_is_what_is_resident() =>
        Assert.Equal(8.5, ServerSize.MemoryOf("Name:\tovsdb-server\nVmHWM:\t  9000 kB\nVmRSS:\t    8704 kB\n"));

    [Fact]
    public void A_process_without_memory_is_an_error() => Assert.Throws<FormatException>(() => ServerSize.MemoryOf("Name:\tkthreadd\n"));

    [Fact]
    public void The_machine_is_read_from_proc()
    {
        Assert.Equal("Some CPU @ 2 GHz", MachineInfo.CpuModel("processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\nflags\t: fpu\n"));
        Assert.Equal("unknown CPU", MachineInfo.CpuModel("processor\t: 0\n"));
        Assert.Equal(23, MachineInfo.MemoryMiB("MemTotal:       24104 kB\nMemFree: 1 kB\n"));
    }

    [Fact]
    public void Repetitions_are_spread_evenly_over_the_interval_of_the_monitor() =>
        Assert.Equal([0.125, 0.375, 0.625, 0.875], Enumerable.Range(1, 4).Select(repetition => FailoverSection.Phase(repetition, 4)));
}
