using System.Net.Sockets;
using System.Text;
using OvndbOcf.Ocf;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Ocf;

public sealed class SyslogTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Socket _daemon = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 2000 };
    private readonly StringWriter _output = new();

    private string Path => _folder["log"];

    public void Dispose()
    {
        _output.Dispose();
        _daemon.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Warnings_and_errors_arrive_as_from_logger_and_others_do_not()
    {
        var log = Listening("daemon");
        log.Info("started");
        log.Debug("details");
        log.Warning("NB is slow");
        log.Error("NB is gone");
        Assert.Matches(
            $@"^<28>[A-Z][a-z]{{2}} [ \d]\d \d\d:\d\d:\d\d ovndb-servers\(ovndb\)\[{Environment.ProcessId}\]: WARNING: NB is slow$",
            Received()
        );
        Assert.Matches($@"^<27>.*: ERROR: NB is gone$", Received());
        Assert.Equal(0, _daemon.Available);
    }

    [Fact]
    public void An_exit_reason_arrives_as_an_error()
    {
        Listening("local7").ExitReason("NB is hung\n(process 7)");
        Assert.Matches(@"^<187>.*\]: ERROR: NB is hung \(process 7\)$", Received());
        Assert.Equal("ocf-exit-reason:NB is hung (process 7)" + Environment.NewLine, _output.ToString());
    }

    [Fact]
    public void What_comes_from_elsewhere_is_one_line_and_bounded()
    {
        Listening("daemon").Warning("x\n<0>forged " + new string('y', 100_000));
        var received = Received();
        Assert.DoesNotContain('\n', received);
        Assert.InRange(received.Length, 1000, 2200);
    }

    [Fact]
    public void A_repetition_is_left_out()
    {
        _daemon.Bind(new UnixDomainSocketEndPoint(Path));
        var log = new OcfLog(
            _output,
            "ovndb-servers",
            "ovndb",
            debug: false,
            Syslog.Open("daemon", Path, text => text.EndsWith("new", StringComparison.Ordinal))
        );
        log.Warning("old");
        log.Warning("new");
        Assert.EndsWith("WARNING: new", Received(), StringComparison.Ordinal);
        Assert.Equal(0, _daemon.Available);
        Assert.Contains("WARNING: old", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("daemon ")]
    public void Without_a_facility_nothing_is_sent(string? facility) => Assert.Null(Syslog.Open(facility, Path));

    [Fact]
    public void Every_facility_has_its_number()
    {
        Assert.Equal("<30>Mar  1 02:03:04 tag: text", Syslog.Format(3, 6, new DateTime(2026, 3, 1, 2, 3, 4), "tag", "text"));
        Listening("USER").Warning("x");
        Assert.StartsWith("<12>", Received(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task Where_nobody_takes_messages_they_are_dropped_at_once()
    {
        await Task.Run(
            () =>
            {
                Log("daemon").Warning("nobody listens");
                new OcfLog(_output, "ovndb-servers", "ovndb", debug: false, Syslog.Open("daemon", "/" + new string('x', 200))).Warning(
                    "no such path"
                );

                // The queue of a daemon that reads nothing is full after some.
                var log = Listening("daemon");
                for (var count = 0; count < 5000; count++)
                {
                    log.Warning("nobody reads");
                }
            },
            TestContext.Current.CancellationToken
        );
        Assert.Contains("nobody listens", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("nobody reads", Received(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local3", null, null, "local3")]
    [InlineData(null, "local4", null, "local4")]
    [InlineData("none", "local4", "3.16.1", "none")]
    [InlineData(null, null, "3.16.1", "daemon")]
    [InlineData(null, null, null, null)]
    public void The_facility_is_Pacemakers(string? former, string? current, string? featureSet, string? facility) =>
        Assert.Equal(
            facility,
            OcfEnvironment
                .From(
                    "ovndb-servers",
                    new Dictionary<string, string?>
                    {
                        ["HA_LOGFACILITY"] = former,
                        ["PCMK_logfacility"] = current,
                        ["OCF_RESKEY_crm_feature_set"] = featureSet,
                    }
                )
                .LogFacility
        );

    private OcfLog Listening(string facility)
    {
        _daemon.Bind(new UnixDomainSocketEndPoint(Path));
        return Log(facility);
    }

    private OcfLog Log(string facility) => new(_output, "ovndb-servers", "ovndb", debug: true, Syslog.Open(facility, Path));

    private string Received()
    {
        var bytes = new byte[1 << 16];
        return Encoding.UTF8.GetString(bytes, 0, _daemon.Receive(bytes));
    }
}
