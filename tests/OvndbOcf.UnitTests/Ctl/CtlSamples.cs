using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>A cluster of three nodes as the tools tell of it: node1 is active by promotion 4, and the command runs there.</summary>
internal static class CtlSamples
{
    public const string Promotion = "3f2c6c1e-0000-4000-8000-000000000004";

    /// <summary>80 columns, no colours, UTC.</summary>
    public static RenderOptions Plain { get; } = new(80, false, TimeZoneInfo.Utc);

    public static PromotionMarker Marker { get; } =
        new(4, Guid.Parse(Promotion), "node1", new DateTimeOffset(2026, 11, 27, 7, 0, 0, TimeSpan.Zero), Closed: false);

    /// <summary>All is well.</summary>
    public static ClusterFacts Healthy { get; } =
        new()
        {
            Time = Marker.Time + TimeSpan.FromMinutes(5),
            Cib = OvndbOcf.Ctl.Cluster.Cib.Read(Cib())!,
            IsLive = true,
            Resource = OvndbOcf.Ctl.Cluster.Cib.Read(Cib())!.Resources[0],
            LocalNode = "node1",
            Status = new ClusterStatus(
                true,
                new Dictionary<string, NodeCondition>
                {
                    ["node1"] = NodeCondition.Online,
                    ["node2"] = NodeCondition.Online,
                    ["node3"] = NodeCondition.Online,
                },
                [
                    Instance("ovndb", "node1", InstanceRole.Promoted),
                    Instance("ovndb", "node2", InstanceRole.Unpromoted),
                    Instance("ovndb", "node3", InstanceRole.Unpromoted),
                    Instance("ovn-vip", "node1", InstanceRole.Unpromoted),
                ],
                []
            ),
            Published = new Dictionary<string, string>
            {
                ["node1"] = $"Promoted promotion=4 id={Promotion} nb=- sb=- of={Promotion}",
                ["node2"] = Following("10.0.0.3"),
                ["node3"] = Following("10.0.0.4"),
            },
            Local = new LocalFacts(
                new ServerPair(Server(ServerState.Active), Server(ServerState.Active)),
                new CopyPair(Copy(Marker, "7.3.0"), Copy(Marker, "20.33.0")),
                NorthdState.Running,
                HasAddress: true,
                new FileFacts(18_432, 0),
                new FileFacts(1_048_576, 0)
            ),
        };

    public static ClusterView View(ClusterFacts facts) => ViewBuilder.Build(facts);

    public static string Cib(
        string scores = "10 5 5",
        string record = $"4 {Promotion} node1 2026-11-27T07:00:00Z open at=10.0.0.2 nb=7.3.0 sb=20.33.0",
        string constraints = "",
        string advice = ""
    )
    {
        var nodes = string.Concat(
            scores
                .Split(' ')
                .Select(
                    (score, index) =>
                        $"""
                            <node_state id="{index + 1}" uname="node{index + 1}"><transient_attributes id="{index
                                + 1}"><instance_attributes id="status-{index + 1}">
                              {(score == "-" ? "" : $"<nvpair id=\"s{index}\" name=\"master-ovndb\" value=\"{score}\"/>")}
                              {(
                                advice.Length > 0 && score == "-INFINITY"
                                    ? $"<nvpair id=\"a{index}\" name=\"ovndb-copy\" value=\"{advice}\"/>"
                                    : ""
                            )}
                            </instance_attributes></transient_attributes></node_state>
                            """
                )
        );
        return $"""
            <cib have-quorum="1"><configuration>
              <crm_config>
                <cluster_property_set id="cib-bootstrap-options"><nvpair id="o" name="maintenance-mode" value="false"/></cluster_property_set>
                <cluster_property_set id="ovn_ovsdb_master_server">
                  <nvpair id="i" name="OVN_REPL_INFO" value="node1"/>
                  <nvpair id="p" name="ovndb-promotion-ovndb" value="{record}"/>
                </cluster_property_set>
              </crm_config>
              <nodes><node id="2" uname="node2"/><node id="1" uname="node1"/><node id="3" uname="node3"/></nodes>
              <resources>
                <clone id="ovndb-clone"><primitive id="ovndb" class="ocf" provider="ovn" type="ovndb-servers">
                  <instance_attributes id="a"><nvpair id="m" name="master_ip" value="10.0.0.9"/></instance_attributes>
                </primitive></clone>
                <primitive id="ovn-vip" class="ocf" provider="heartbeat" type="IPaddr2">
                  <instance_attributes id="b"><nvpair id="v" name="ip" value="10.0.0.9"/></instance_attributes>
                </primitive>
              </resources>
              <constraints>{constraints}</constraints>
            </configuration><status>{nodes}</status></cib>
            """;
    }

    /// <summary>A meta attribute of the databases, of the clone around them, or of the defaults of all resources.</summary>
    public static string WithMeta(string where, string name, string value)
    {
        var meta = $"""<meta_attributes id="t"><nvpair id="tr" name="{name}" value="{value}"/></meta_attributes>""";
        var (before, after) = where switch
        {
            "clone" => ("<clone id=\"ovndb-clone\">", $"<clone id=\"ovndb-clone\">{meta}"),
            "primitive" => ("<instance_attributes id=\"a\">", $"{meta}<instance_attributes id=\"a\">"),
            _ => ("</configuration>", $"<rsc_defaults>{meta}</rsc_defaults></configuration>"),
        };
        return Cib().Replace(before, after, StringComparison.Ordinal);
    }

    public static RunningInstance Instance(string resource, string node, InstanceRole role) => new(resource, node, role, true, false);

    public static ServerObservation Server(ServerState state, string? source = null) => new(state, source, string.Empty);

    public static DatabaseCopy Copy(PromotionMarker marker, string schema) => new(true, marker, true, Version.Parse(schema), null);

    private static string Following(string address) =>
        $"Current promotion=4 id={Promotion} nb={address}:40112 sb={address}:40114 of={Promotion}";
}
