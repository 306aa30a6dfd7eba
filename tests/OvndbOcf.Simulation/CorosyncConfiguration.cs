using System.Globalization;
using System.Net;
using System.Text;

namespace OvndbOcf.Simulation;

/// <summary>Writes corosync.conf(5) for a simulated cluster.</summary>
internal static class CorosyncConfiguration
{
    /// <summary>The file for nodes with these names and addresses.</summary>
    /// <param name="nodes">The nodes; their numbers are their ids.</param>
    /// <param name="fencing">Whether nodes can be fenced: then two nodes that start have to see each other once before one of them runs anything.</param>
    public static string Write(IReadOnlyList<(int Number, string Name, IPAddress Address)> nodes, bool fencing)
    {
        var text = new StringBuilder(
            """
            totem {
                version: 2
                cluster_name: ovndb-ocf
                transport: knet
                token: 1000
                crypto_cipher: none
                crypto_hash: none
            }

            logging {
                to_stderr: no
                to_syslog: no
                to_logfile: yes
                logfile: /var/log/corosync/corosync.log
                timestamp: hires
            }

            nodelist {

            """
        );
        foreach (var (number, name, address) in nodes)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""
                    node {
                        name: {{name}}
                        nodeid: {{number}}
                        ring0_addr: {{address}}
                    }

                """
            );
        }

        text.Append(
            """
            }

            quorum {
                provider: corosync_votequorum

            """
        );
        if (nodes.Count == 2)
        {
            text.Append(fencing ? "    two_node: 1\n" : "    two_node: 1\n    wait_for_all: 0\n");
        }

        return text.Append("}\n").ToString();
    }
}
