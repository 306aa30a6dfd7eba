using OvndbOcf.Campaign.Report;

namespace OvndbOcf.UnitTests.Report;

/// <summary>Campaigns as they might have been, the same each time.</summary>
internal static class Campaigns
{
    private static readonly (string Name, FaultClass Class)[] Kinds =
    [
        ("SIGKILL of the NB server", FaultClass.Unplanned),
        ("move", FaultClass.Planned),
        ("network cut both ways", FaultClass.NodeLoss),
        ("SIGSTOP of both servers + replication cut", FaultClass.Unplanned),
        ("standby", FaultClass.Planned),
        ("database file of the active NB server corrupted while it runs", FaultClass.Unplanned),
    ];

    /// <summary>A campaign of this agent, where all held.</summary>
    public static CampaignReport Ours(int faults) => Campaign("ours", faults, _ => false);

    /// <summary>A campaign of the shell agent, where every fifth fault breaks something and every tenth is never recovered from.</summary>
    public static CampaignReport Shell(int faults) => Campaign("shell", faults, number => number % 5 == 0);

    /// <summary>A fault of little interest, to be changed.</summary>
    public static FaultRecord Fault(int number, double? recovery = 2, string name = "move", FaultClass faultClass = FaultClass.Planned) =>
        new(number, name, "node2", faultClass, 0.4, recovery, [], [new RowLoss("NB", 100, 0)], new Timeline(10, [], [], []), null);

    /// <summary>A campaign of these faults.</summary>
    public static CampaignReport Of(string agent, params FaultRecord[] faults) =>
        new(
            new CampaignSetup(agent, "bookworm", 3, 7, "pacemaker 2.1.5-1+deb12u1, ovn-common 23.03.1-1~deb12u2", "2 CPUs, Linux 6.1.0"),
            new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
            faults
        );

    private static CampaignReport Campaign(string agent, int faults, Func<int, bool> breaks)
    {
        // Not for secrets: the same faults each time.
#pragma warning disable CA5394
        var random = new Random(7);
        return Of(
            agent,
            [
                .. Enumerable
                    .Range(1, faults)
                    .Select(number => Faulty(number, random.Next(3), 1 + (random.NextDouble() * 30), breaks(number))),
            ]
        );
#pragma warning restore CA5394
    }

    private static FaultRecord Faulty(int number, int node, double recovery, bool broken)
    {
        var (name, faultClass) = Kinds[number % Kinds.Length];
        var nodes = new[] { "node1", "node2", "node3" };
        var (at, outage) = (3.25, recovery * 0.4);
        var (end, length) = (at + recovery, at + recovery + 8);
        var next = (node + 1) % 3;
        var lanes = nodes
            .Select(
                (one, index) =>
                    new Lane(
                        one,
                        index == node
                                ?
                                [
                                    new(0, at, NodeRole.Active),
                                    new(at, at + (recovery * 0.3), NodeRole.Unknown),
                                    new(at + (recovery * 0.3), end - (recovery * 0.2), index == 1 ? NodeRole.Off : NodeRole.Stopped),
                                    new(end - (recovery * 0.2), length, NodeRole.Backup),
                                ]
                            : index == next ? [new(0, at + outage, NodeRole.Backup), new(at + outage, length, NodeRole.Active)]
                            : [new(0, length, NodeRole.Backup)],
                        index == node ? [new(0, at + (outage * 0.5))]
                            : index == next ? [new(at + (outage * 0.7), length)]
                            : []
                    )
            )
            .ToList();
        List<Moment> moments =
        [
            new(at, $"{name} on {nodes[node]}"),
            new(at + 0.1, "SIGKILL of northd"),
            new(at + 0.4, $"{nodes[node]} fenced"),
            new(end, "taken back"),
        ];
        if (broken)
        {
            moments.AddRange(
                Enumerable
                    .Range(0, 12)
                    .Select(second => new Moment(
                        at + 1 + (second * 0.2),
                        "could not be taken back yet: Error response from daemon: container is not running, and a very long reason follows"
                    ))
            );
        }

        return new FaultRecord(
            number,
            name,
            nodes[node],
            faultClass,
            outage,
            broken && number % 10 == 0 ? null : recovery,
            broken
                ?
                [
                    "31 acknowledged rows of Northbound are missing, though no node was lost: trial-0005-ab12-000001",
                    "node1 and node2 were both active for 2.1 s, from 4.0 s on",
                ]
                : [],
            [new RowLoss("Northbound", 812, broken ? 31 : 0), new RowLoss("Southbound", 790, faultClass == FaultClass.NodeLoss ? 1 : 0)],
            new Timeline(length, lanes, moments, [new(at + 0.05, at + outage), new(end - 0.3, end - 0.2)]),
            broken ? $"logs/{number:d4}" : null
        );
    }
}
