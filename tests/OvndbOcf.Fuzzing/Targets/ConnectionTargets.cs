using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Fuzzing.Engine;
using OvndbOcf.Ovsdb;

namespace OvndbOcf.Fuzzing.Targets;

/// <summary>Who connects where: remotes of servers, and what the former active node says of its clients.</summary>
internal static class ConnectionTargets
{
    private static readonly IPAddress Address = IPAddress.Parse("10.0.0.9");

    public static FuzzTarget Remotes() =>
        new(
            "remote",
            Samples.Of(
                "ptcp:6641:10.0.0.9",
                "pssl:6642:[fd00::9]",
                "ptcp:6641",
                "tcp:10.0.0.3:6641",
                "ssl:[fd00::3]:6642",
                "ptcp:",
                "punix:/x"
            ),
            (input, random) =>
            {
                if (Remote.TryParse(Samples.Text(input)) is { } remote)
                {
                    Must.Hold(remote.Port is >= 0 and <= ushort.MaxValue, "a remote has a port");
                    Must.Hold(remote.IsPassive || remote.Address is not null, "a server is reached at an address");
                    Must.BeEqual(remote, Remote.TryParse(remote.ToString()), "what was read can be written");
                }

                var written = new Remote(
                    IsPassive: random.Next(2) == 0,
                    IsTls: random.Next(2) == 0,
                    FreshnessTargets.AnyAddress(random),
                    random.Next(1, ushort.MaxValue + 1)
                );
                Must.BeEqual(written, Remote.TryParse(written.ToString()), "what was written is read");
            }
        );

    public static FuzzTarget Clients() =>
        new(
            "clients",
            Samples.Of("10.0.0.9:6641=10.0.0.5:40112,10.0.0.6:38000 10.0.0.9:6642=10.0.0.5:40114", "[fd00::9]:6641=[fd00::5]:40112"),
            (input, random) =>
            {
                var found = FormerClients.Parse(Samples.Text(input), Address);
                Must.Hold(found.Count <= FormerClients.Most, "no more than there may be");
                Must.Hold(
                    found.All(connection =>
                        connection.Server.Address.Equals(Address)
                        && connection.Client.AddressFamily == Address.AddressFamily
                        && connection.Client.Port > 0
                    ),
                    "nothing is sent in the name of another address"
                );
                var server = new IPEndPoint(FreshnessTargets.AnyAddress(random), random.Next(1, ushort.MaxValue + 1));
                var bytes = server.Address.GetAddressBytes();
                random.NextBytes(bytes);
                FormerConnection[] written = [new(server, new IPEndPoint(new IPAddress(bytes), random.Next(1, ushort.MaxValue + 1)))];
                Must.Hold(
                    FormerClients.Parse(FormerClients.ToText(written), server.Address).SequenceEqual(written),
                    "what was written is read"
                );
            }
        );
}
