using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

/// <summary>What becomes of the clients of active servers that are given up.</summary>
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class ClientFarewellTests : IDisposable
{
    private const string Asked = "attrd_updater|--name|clients-ovndb|--query|--all";

    // One of this machine that is a virtual address as far as the agent can tell: it takes none of those that every machine has.
    private static readonly IPAddress Address = NetworkInterface
        .GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .First(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));

    private readonly AgentRun _agent = new AgentRun().With("master_ip", $"{Address}");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _agent.Dispose();

    [Fact(Timeout = 30000)]
    public async Task Who_is_connected_to_the_address_is_told_at_a_demotion_and_nobody_else_is()
    {
        using var here = new TcpListener(Address, 0);
        here.Start();
        var port = ((IPEndPoint)here.LocalEndpoint).Port;
        using var elsewhere = new TcpListener(IPAddress.Parse("127.0.0.8"), port);
        elsewhere.Start();
        using var client = new TcpClient(AddressFamily.InterNetwork);
        await client.ConnectAsync((IPEndPoint)here.LocalEndpoint, Stop);
        using var backup = new TcpClient();
        await backup.ConnectAsync((IPEndPoint)elsewhere.LocalEndpoint, Stop);

        _agent.With("nb_master_port", port.ToString(CultureInfo.InvariantCulture)).With("manage_northd", "no");
        _agent.WithMeta("notify_stop_uname", "ctl-1 ");
        var result = await _agent.RunAsync("demote");

        Assert.Equal(0, result.Code);
        Assert.Contains(
            $"attrd_updater|--name|clients-ovndb|--update|{Address}:{port}={client.Client.LocalEndPoint}|--node|ctl-1|--private",
            _agent.Calls
        );
    }

    [Fact(Timeout = 30000)]
    public async Task Where_nobody_is_connected_nothing_is_told()
    {
        _agent.With("manage_northd", "no").WithMeta("notify_stop_uname", "ctl-1 ");
        await _agent.RunAsync("demote");
        Assert.DoesNotContain(_agent.Calls, call => call.Contains("clients-", StringComparison.Ordinal));
    }

    [Theory(Timeout = 30000)]
    [InlineData("name=\"clients-ovndb\" host=\"ctl-2\" value=\"VIP:6641=127.0.0.1:9\"", "ctl-2")]
    // As after a restart of the resource, or a crash that was recovered from here.
    [InlineData("name=\"clients-ovndb\" host=\"ctl-1\" value=\"VIP:6641=127.0.0.1:9\"", "ctl-1")]
    [InlineData("name=\"clients-ovndb\" host=\"ctl-2\" value=\"192.0.2.7:6641=127.0.0.1:9\"", null)]
    [InlineData("", null)]
    public async Task Those_that_are_told_of_are_ended_and_forgotten_once_the_address_is_here(string told, string? node)
    {
        told = told.Replace("VIP", $"{Address}", StringComparison.Ordinal);
        _agent.Folder.RecordingScript("attrd_updater", $"case \"$*\" in *--query*) echo '{told}';; esac");
        var result = await _agent.RunAsync("await-address");
        Assert.Equal(0, result.Code);
        Assert.Equal(node is null ? [Asked] : [$"attrd_updater|--name|clients-ovndb|--delete|--node|{node}", Asked], _agent.Calls);
    }
}
