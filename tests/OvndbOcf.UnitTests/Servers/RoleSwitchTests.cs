using System.Collections.Concurrent;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.UnitTests.Linux;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

[Collection(OneAtATime.Name)]
public sealed class RoleSwitchTests : IDisposable
{
    private const string Source = "tcp:10.0.0.2:6641";

    private readonly ControlFixture _control = new();
    private readonly ConcurrentQueue<string> _commands = new();

    private string SourceFile => _control.Folder["ovn/ovnnb-active.conf"];

    public void Dispose() => _control.Dispose();

    [Fact(Timeout = 20000)]
    public async Task A_backups_source_is_kept_and_its_server_told_in_three_steps()
    {
        Directory.CreateDirectory(_control.Folder["ovn"]);
        await using var server = Serve("""{"id":0,"result":"","error":null}""");
        Assert.Null(await DemoteAsync());
        Assert.Equal(["set-active-ovsdb-server", "connect-active-ovsdb-server", "set-active-ovsdb-server-probe-interval"], _commands);
        Assert.Equal(Source + "\n", await File.ReadAllTextAsync(SourceFile, TestContext.Current.CancellationToken));
        Assert.Empty(_control.Folder.Calls);

        _commands.Clear();
        Assert.Null(await PromoteAsync());
        Assert.Equal(["disconnect-active-ovsdb-server"], _commands);
        Assert.Empty(Directory.GetFiles(_control.Folder["ovn"]));
        Assert.Empty(_control.Folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task A_link_in_the_files_place_is_replaced_and_its_target_left_alone()
    {
        Directory.CreateDirectory(_control.Folder["ovn"]);
        var target = _control.Folder.Write("target", "precious");
        File.CreateSymbolicLink(SourceFile, target);
        File.CreateSymbolicLink(SourceFile + ".new", target);
        await using var server = Serve("""{"id":0,"result":"","error":null}""");
        Assert.Null(await DemoteAsync());
        Assert.Null(new FileInfo(SourceFile).LinkTarget);
        Assert.Equal("precious", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 20000)]
    public async Task Without_the_directory_ovn_ctl_does_it()
    {
        _control.Folder.RecordingScript("ovn-ctl");
        await using var server = Serve("""{"id":0,"result":"","error":null}""");
        Assert.Null(await DemoteAsync());
        Assert.Null(await PromoteAsync());
        Assert.Equal(["ovn-ctl|demote_ovnnb", "ovn-ctl|promote_ovnnb"], _control.Folder.Calls);
        Assert.Empty(_commands);
    }

    [Fact(Timeout = 20000)]
    public async Task A_refusal_is_reported_and_ends_it()
    {
        Directory.CreateDirectory(_control.Folder["ovn"]);
        await using var server = Serve("""{"id":0,"result":null,"error":"no such thing"}""");
        Assert.Equal("ovsdb-server/set-active-ovsdb-server: no such thing", await DemoteAsync());
        Assert.Single(_commands);
        Assert.Equal("ovsdb-server/disconnect-active-ovsdb-server: no such thing", await PromoteAsync());
    }

    private RoleSwitch Switch =>
        new(_control.Parameters, _control.Parameters.Northbound, new OvnCtl(_control.Parameters, _control.Log), _control.Log);

    private Task<string?> DemoteAsync() => Switch.ToBackupAsync(Source, ["demote_ovnnb"], Deadline.After(TimeSpan.FromSeconds(5)));

    private Task<string?> PromoteAsync() => Switch.ToActiveAsync(["promote_ovnnb"], Deadline.After(TimeSpan.FromSeconds(5)));

    private FakeServer Serve(string answer)
    {
        var server = FakeServer.OnUnixSocket(
            async peer =>
            {
                var message = await peer.ReadMessage();
                _commands.Enqueue(message!.Split("ovsdb-server/")[1].Split('"')[0]);
                await peer.Write(answer);
                await peer.HoldOpen();
            },
            TestContext.Current.CancellationToken
        );
        File.CreateSymbolicLink(_control.Northbound.Control, server.Path);
        return server;
    }
}
