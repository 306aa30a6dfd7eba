using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Actions;
using OvndbOcf.Servers.Control;
using OvndbOcf.UnitTests.Linux;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

/// <summary>A Southbound file of 300 MiB, with a server beside it that says how much it holds.</summary>
[Collection(OneAtATime.Name)]
public sealed class LongHistoryTests : IDisposable
{
    private const string Told = "WARNING: SB:";
    private readonly ControlFixture _control = new();

    public void Dispose() => _control.Dispose();

    [Fact(Timeout = 20000)]
    public async Task A_file_that_is_history_for_the_most_part_is_told_once_with_the_command_that_shortens_it()
    {
        await using var server = Holding(3_028);
        WriteLongFile();
        Look();
        var message = Assert.Single(_control.Messages.Split('\n'), line => line.Contains(Told, StringComparison.Ordinal));
        Assert.Contains("has 300 MiB, for data of about 1 MiB", message, StringComparison.Ordinal);
        Assert.EndsWith($"ovs-appctl -t {_control.Southbound.Control} ovsdb-server/compact", message, StringComparison.Ordinal);

        Look();
        Assert.Single(_control.Messages.Split('\n'), line => line.Contains(Told, StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task A_file_that_is_as_long_because_of_its_data_is_no_matter()
    {
        await using var server = Holding(5_000_000);
        WriteLongFile();
        Look();
        Assert.DoesNotContain(Told, _control.Messages, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public void Of_a_file_whose_server_says_nothing_nothing_is_said()
    {
        WriteLongFile();
        Look();
        Assert.DoesNotContain(Told, _control.Messages, StringComparison.Ordinal);
        Assert.NotNull(
            FileHistoryReader.Read(_control.Folder["ovnsb_db.db"], _control.Southbound.Control, Deadline.After(TimeSpan.FromSeconds(1)))
        );
    }

    private void Look() =>
        new OcfActions(
            OcfEnvironment.From(
                "ovndb-servers",
                [
                    KeyValuePair.Create<string, string?>("HA_RSCTMP", _control.Folder.Path),
                    .. new (string Name, string Value)[]
                    {
                        ("master_ip", "10.0.0.9"),
                        ("ovn_rundir", _control.Folder.Path),
                        ("ovn_dbdir", _control.Folder.Path),
                        ("CRM_meta_interval", "1000"),
                        ("CRM_meta_timeout", "20000"),
                    }.Select(pair => KeyValuePair.Create<string, string?>("OCF_RESKEY_" + pair.Name, pair.Value)),
                ]
            ),
            _control.Log
        ).Precautions.Take(isPromoted: false);

    // What comes after the first records is not read: a hole will do.
    private void WriteLongFile()
    {
        var path = _control.Folder["ovnsb_db.db"];
        File.WriteAllText(
            path,
            DatabaseFileCheckTests.Record("""{"name":"OVN_Southbound","tables":{},"version":"20.27.0"}""")
                + DatabaseFileCheckTests.Record("""{"_date":1,"SB_Global":{}}""")
        );
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(300 << 20);
    }

    private FakeServer Holding(long atoms)
    {
        var server = FakeServer.OnUnixSocket(
            async peer =>
            {
                if ((await peer.ReadMessage())?.Contains("memory/show", StringComparison.Ordinal) != true)
                {
                    return;
                }

                await peer.Write($$"""{"id":0,"result":"atoms:{{atoms}} cells:2543 monitors:0\n","error":null}""");
                await peer.HoldOpen();
            },
            TestContext.Current.CancellationToken
        );
        File.CreateSymbolicLink(_control.Southbound.Control, server.Path);
        return server;
    }
}
