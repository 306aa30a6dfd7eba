using OvndbOcf.Ocf;
using OvndbOcf.Servers.Actions;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

[Collection(OneAtATime.Name)]
public sealed class ConfigurationCheckTests : IDisposable
{
    private readonly ControlFixture _control = new();

    public void Dispose() => _control.Dispose();

    [Fact(Timeout = 20000)]
    public async Task Certificates_that_are_missing_keep_a_server_from_starting_and_not_from_running()
    {
        _control.Folder.RecordingScript("ovn-ctl");
        var check = new OcfActions(
            Configured.Environment(
                ("master_ip", "10.0.0.9"),
                ("ovn_rundir", _control.Folder.Path),
                ("ovn_ctl", _control.Folder["ovn-ctl"]),
                ("nb_master_protocol", "ssl"),
                ("ovn_nb_db_privkey", _control.Folder["no-key"]),
                ("ovn_nb_db_cert", _control.Folder["no-cert"]),
                ("ovn_nb_db_cacert", _control.Folder["no-ca"])
            ),
            _control.Log
        ).Configuration;
        Assert.Equal(OcfExitCode.InvalidArguments, check.BeforeStart()?.Code);

        using var southbound = await _control.StartServerAsync(_control.Southbound);
        Assert.Equal(OcfExitCode.InvalidArguments, check.BeforeStart()?.Code);

        using var northbound = await _control.StartServerAsync(_control.Northbound);
        Assert.Null(check.BeforeStart());
        Assert.Contains("no-cert does not exist on this node", _control.Messages, StringComparison.Ordinal);
        Assert.Contains("the server keeps running with the files that it has read before", _control.Messages, StringComparison.Ordinal);

        await northbound.FreezeAsync(TestContext.Current.CancellationToken);
        Assert.Equal(OcfExitCode.InvalidArguments, check.BeforeStart()?.Code);
    }
}
