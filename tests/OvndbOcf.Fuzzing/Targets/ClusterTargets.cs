using OvndbOcf.Fuzzing.Engine;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker;

namespace OvndbOcf.Fuzzing.Targets;

/// <summary>What Pacemaker's tools print, and what the kernel shows.</summary>
internal static class ClusterTargets
{
    public static FuzzTarget Properties() =>
        new(
            "cib-properties",
            Samples.Of(
                "<cluster_property_set id=\"ovn_ovsdb_master_server\"><nvpair id=\"a\" name=\"OVN_REPL_INFO\" value=\"n1\"/><nvpair id=\"b\" name=\"x\" value=\"1 &lt;&amp;&quot; 2\"/></cluster_property_set>",
                "<xpath-query><primitive id=\"ovndb\" type=\"ovndb-servers\"><instance_attributes id=\"i\"><nvpair id=\"r\" name=\"ip\" value=\"10.0.0.9\"/></instance_attributes></primitive>"
                    + "<lrm_resource id=\"ovndb:1\"><lrm_rsc_op operation=\"start\" rc-code=\"0\"/></lrm_resource></xpath-query>",
                "<xpath-query>\n <cluster_property_set id=\"s\"/>\n <nvpair name=\"master-ovndb\" value=\"-INFINITY\"/>\n</xpath-query>"
            ),
            (input, random) =>
            {
                _ = ClusterProperties.Parse(Samples.Text(input));
                _ = FloatingAddresses.Parse(Samples.Text(input));
                _ = ClusterDeployments.Parse(Samples.Text(input));
                var written = new Dictionary<string, string>
                {
                    [FreshnessTargets.AnyName(random)] = FreshnessTargets.AnyName(random) + "<&>",
                    ["x"] = "6 \"'",
                };
                var read = ClusterProperties.Parse(ClusterProperties.ToXml(written));
                Must.Hold(
                    read is not null && read.OrderBy(pair => pair.Key).SequenceEqual(written.OrderBy(pair => pair.Key)),
                    "what was written is read"
                );
            }
        );

    public static FuzzTarget Attributes() =>
        new(
            "attribute-lines",
            Samples.Of(
                "name=\"master-ovndb\" host=\"n1\" value=\"5\"\nname=\"master-ovndb\" host=\"n2\" value=\"Current promotion=7 id=- nb=- sb=-\"\n",
                "name=\"x\" host=\"\" value=\"\"\n"
            ),
            (input, _) =>
            {
                foreach (var (node, value) in AttributeLines.Parse(Samples.Text(input)))
                {
                    Must.Hold(value.Length > 0 && !node.Contains('\n') && !value.Contains('\n'), "a node and its value are on one line");
                }
            }
        );

    public static FuzzTarget Kernel() =>
        new(
            "proc",
            Samples.Of(
                "325 (ovsdb-server) S 1 325 325 0 -1 1077936384 1200 0 0 0 11 7 0 0 10 -10 1 0 12345 15000000 1500",
                "326 (a) b ) (R) T 1 325 325 0 -1 1077936384 1200 0 0 0 11 7 0 0 10 -10 1 0 12345 15000000 1500",
                "   0: 0300000A:19F1 0400000A:9CB0 01 00000000:00000000 00:00000000 00000000     0        0 4711 1 0",
                "ffff9c2e0a1b4800: 00000002 00000000 00010000 0001 01 597920 /var/run/ovn/ovnnb_db.ctl",
                "\u0028\0\0\0\u0014\0\u0002\0\0\0\0\0\0\0\0\0\u0002\u0018\0\0\u0002\0\0\0\u0008\0\u0002\0\u000a\0\0\u0002\u0008\0\u0008\0\u0081\0\0\0",
                "0300000A:19F1",
                "0000000000000000FFFF00000300000A:19F1"
            ),
            (input, random) =>
            {
                List<InterfaceAddress> addresses = [];
                _ = InterfaceAddresses.Parse(input, addresses);
                Must.Hold(addresses.TrueForAll(address => address.PrefixLength is >= 0 and <= 255), "an address has a prefix");
                var text = Samples.Text(input);
                Must.Hold(
                    ListeningSockets.InodeOfListening(text) is not { } inode || text.Contains(inode, StringComparison.Ordinal),
                    "a socket has its inode"
                );
                Must.Hold(
                    UdpSockets.Parse(text, new HashSet<string> { "4711" }) is null || text.Contains("4711", StringComparison.Ordinal),
                    "a socket belongs to its process"
                );
                Must.Hold(
                    ProcessTable.ParseStat(text) is not { } process || (process.Id >= 0 && process.StartTicks >= 0),
                    "a process has an id and a start"
                );
                _ = ProcessTable.ParseCpuTicks(text);
                Must.Hold(TcpConnections.ParseEnd(text) is not { } end || end.Port is >= 0 and <= 65535, "an end has a port");
                Must.Hold(
                    !TcpConnections.IsEstablishedTo(text, "0400000A:9CB0", new HashSet<string> { "4711" })
                        || text.Contains("4711", StringComparison.Ordinal),
                    "a connection belongs to its socket"
                );
            }
        );
}
