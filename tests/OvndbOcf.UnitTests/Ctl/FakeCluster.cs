namespace OvndbOcf.UnitTests.Ctl;

/// <summary>The tools of a cluster as scripts: they answer what the files beside them say, and write down what they were told to change. node1 was active by promotion 4 and is lost; node2 lacks data.</summary>
internal sealed class FakeCluster : IDisposable
{
    public FakeCluster(string left = "exit 105")
    {
        File.WriteAllText(Path.Combine(Tools, "cib"), CtlSamples.Cib(scores: "- -INFINITY -"));
        SetStatus("false", "");
        Tool(
            "cibadmin",
            $"case \" $* \" in *\" --xpath \"*) echo cibadmin \"$@\" >> {Calls}; case \" $* \" in *\" --query \"*) exit 105;; esac;; *) cat {Tools}/cib;; esac"
        );
        Tool("crm_mon", $"cat {Tools}/status");
        Tool("crm_node", "echo node2");
        Tool("crm_resource", $"echo crm_resource \"$@\" >> {Calls}");
        Tool(
            "attrd_updater",
            $"""
            case "$*" in
            *copy-ovndb*) echo 'name="copy-ovndb" host="node2" value="Outdated promotion=3 id=- nb=- sb=- of=-"' ;;
            *) echo "$@" >> {Calls}; case " $* " in *" --query "*) {left} ;; esac ;;
            esac
            """
        );
    }

    public string Tools { get; } = Directory.CreateTempSubdirectory("ovndbctl-cluster").FullName;

    public string Calls => Path.Combine(Tools, "calls");

    /// <summary>The lost node joins, and its instance has not started yet.</summary>
    public void Join() => SetStatus("true", "");

    public void Dispose() => Directory.Delete(Tools, recursive: true);

    private void SetStatus(string isOnline, string more) =>
        File.WriteAllText(
            Path.Combine(Tools, "status"),
            $"""
            <pacemaker-result api-version="2.25">
              <summary><current_dc present="true" name="node2" id="2" with_quorum="true"/></summary>
              <nodes>
                <node name="node1" id="1" online="{isOnline}" standby="false" maintenance="false" pending="false" unclean="false" type="member"/>
                <node name="node2" id="2" online="true" standby="false" maintenance="false" pending="false" unclean="false" type="member"/>
              </nodes>
              <resources><clone id="ovndb-clone">
                <resource id="ovndb" resource_agent="ocf:ovn:ovndb-servers" role="Unpromoted" active="true" managed="true" failed="false"><node name="node2" id="2"/></resource>{more}
              </clone></resources>
            </pacemaker-result>
            """
        );

    private void Tool(string name, string body)
    {
        var path = Path.Combine(Tools, name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
