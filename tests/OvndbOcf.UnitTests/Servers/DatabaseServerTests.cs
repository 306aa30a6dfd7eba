using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

[Collection(OneAtATime.Name)]
public sealed class DatabaseServerTests : IDisposable
{
    private readonly ControlFixture _control = new();

    public void Dispose() => _control.Dispose();

    [Fact(Timeout = 20000)]
    public async Task A_start_that_is_too_short_for_a_server_to_read_its_file_says_so()
    {
        Directory.CreateDirectory(_control.Folder["ovn"]);
        _control.Folder.Write("ovn/ovnnb_db.db", DatabaseFileCheckTests.Record($$"""{"x":"{{new string('x', 3 << 20)}}"}"""));
        _control.Folder.RecordingScript("ovn-ctl");
        using var _ = await FakeDaemon.StartBusyAsync(_control.Folder, "ovsdb-server", ControlFixture.ArgumentOf(_control.Northbound));
        var outcome = await Northbound()
            .StartBackupAsync(
                () => throw new InvalidOperationException("nobody is asked for a schema"),
                Deadline.After(TimeSpan.FromSeconds(3))
            );
        Assert.Equal(
            "NB server has not read its file of 3 MiB in the time that it was given; raise the action's timeout (ovndbctl check names the command for start), or see the log of the server",
            outcome.Problem
        );
    }

    private DatabaseServer Northbound() =>
        new(
            _control.Parameters,
            NodeAddress.Topology(_control.Parameters),
            _control.Parameters.Northbound,
            new OvnCtl(_control.Parameters, _control.Log),
            new ResourceMemory(_control.Folder.Path, "ovndb", _control.Parameters.Directories),
            _control.Log
        );
}
