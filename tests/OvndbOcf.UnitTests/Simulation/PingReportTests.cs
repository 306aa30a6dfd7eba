using OvndbOcf.Simulation.Hypervisors;
using Xunit;

namespace OvndbOcf.UnitTests.Simulation;

public sealed class PingReportTests
{
    private const string Head = "PING 192.168.1.12 (192.168.1.12) 56(84) bytes of data.\n";
    private const string Tail = "\n--- 192.168.1.12 ping statistics ---\n";

    [Fact]
    public void A_ping_that_has_just_begun_has_sent_nothing() => Check(new PingReport(false, 0, []), Head);

    [Fact]
    public void While_it_runs_what_came_before_the_last_answer_counts() =>
        Check(new PingReport(false, 4, [2, 3]), Head + Answer(1) + Answer(4));

    [Fact]
    public void The_last_request_does_not_count() =>
        Check(
            new PingReport(true, 2, []),
            Head + Answer(1) + Answer(2) + Tail + "3 packets transmitted, 2 received, 33.3333% packet loss, time 404ms\n"
        );

    [Fact]
    public void What_was_not_answered_is_lost() =>
        Check(
            new PingReport(true, 4, [2, 4]),
            Head + Answer(1) + Answer(3) + Answer(5) + Tail + "5 packets transmitted, 3 received, 40% packet loss, time 804ms\n"
        );

    [Fact]
    public void Where_nobody_answered_all_are_lost() =>
        Check(new PingReport(true, 2, [1, 2]), Head + Tail + "3 packets transmitted, 0 received, 100% packet loss, time 404ms\n");

    [Fact]
    public void An_answer_that_tells_of_an_error_is_none() =>
        Check(new PingReport(false, 2, [1]), Head + "From 192.168.1.254 icmp_seq=1 Destination Host Unreachable\n" + Answer(2));

    private static string Answer(int number) => $"64 bytes from 192.168.1.12: icmp_seq={number} ttl=64 time=2.95 ms\n";

    private static void Check(PingReport expected, string output)
    {
        var report = PingReport.Parse(output);

        Assert.Equal((expected.Ended, expected.Sent), (report.Ended, report.Sent));
        Assert.Equal(expected.Lost, report.Lost);
    }
}
