namespace OvndbOcf.UnitTests.Simulation;

/// <summary>What crm_mon of two releases printed, shortened.</summary>
internal static class CrmMonSamples
{
    /// <summary>Pacemaker 2.1.5: one promoted instance, one failed monitor, one pending operation, one node off.</summary>
    public const string Pacemaker21 = """
        <pacemaker-result api-version="2.25" request="crm_mon -1 --output-as=xml --inactive --include=all">
          <pacemakerd sys_from="pacemakerd" state="running" last_updated="2026-01-01 15:06:39Z"/>
          <summary>
            <stack type="corosync"/>
            <current_dc present="true" version="2.1.5-a3f44794f94" name="node2" id="2" with_quorum="true" mixed_version="false"/>
            <nodes_configured number="3"/>
            <resources_configured number="4" disabled="0" blocked="0"/>
          </summary>
          <nodes>
            <node name="node1" id="1" online="true" standby="false" standby_onfail="false" maintenance="false" pending="false" unclean="false" is_dc="false" resources_running="2" type="member"/>
            <node name="node2" id="2" online="true" standby="true" standby_onfail="false" maintenance="false" pending="false" unclean="false" is_dc="true" resources_running="1" type="member"/>
            <node name="node3" id="3" online="false" standby="false" standby_onfail="false" maintenance="false" pending="false" unclean="true" is_dc="false" resources_running="0" type="member"/>
          </nodes>
          <resources>
            <resource id="ovn-vip" resource_agent="ocf:heartbeat:IPaddr2" role="Started" active="true" orphaned="false" blocked="false" managed="true" failed="false" failure_ignored="false" nodes_running_on="1">
              <node name="node1" id="1" cached="true"/>
            </resource>
            <clone id="ovndb-clone" multi_state="true" unique="false" managed="true" disabled="false" failed="false" failure_ignored="false">
              <resource id="ovndb" resource_agent="ocf:ovn:ovndb-servers" role="Unpromoted" active="true" orphaned="false" blocked="true" managed="true" failed="true" failure_ignored="false" nodes_running_on="1">
                <node name="node2" id="2" cached="true"/>
              </resource>
              <resource id="ovndb" resource_agent="ocf:ovn:ovndb-servers" role="Promoted" active="true" orphaned="false" blocked="false" managed="false" failed="false" failure_ignored="false" nodes_running_on="1" pending="Monitoring">
                <node name="node1" id="1" cached="true"/>
              </resource>
              <resource id="ovndb" resource_agent="ocf:ovn:ovndb-servers" role="Stopped" active="false" orphaned="false" blocked="false" managed="true" failed="false" failure_ignored="false" nodes_running_on="0"/>
            </clone>
          </resources>
          <node_attributes>
            <node name="node1"><attribute name="master-ovndb" value="10"/></node>
            <node name="node2"><attribute name="master-ovndb" value="-INFINITY"/></node>
          </node_attributes>
          <node_history>
            <node name="node1">
              <resource_history id="ovndb" orphan="false" migration-threshold="1000000" fail-count="1" last-failure="Thu Jan 1 15:06:27 2026">
                <operation_history call="17" task="monitor" rc="7" rc_text="not running" interval="11000ms" last-rc-change="Thu Jan 1 15:06:27 2026" exec-time="101ms" queue-time="0ms"/>
                <operation_history call="-1" task="monitor" rc="193" rc_text="unknown" interval="11000ms" last-rc-change="Thu Jan 1 15:06:27 2026" exec-time="0ms" queue-time="0ms"/>
                <operation_history call="25" task="promote" rc="0" rc_text="ok" last-rc-change="Thu Jan 1 15:06:28 2026" exec-time="125ms" queue-time="0ms"/>
              </resource_history>
            </node>
            <node name="node2">
              <resource_history id="ovndb" orphan="false" migration-threshold="1000000" fail-count="INFINITY"/>
            </node>
          </node_history>
          <failures>
            <failure op_key="ovndb_monitor_11000" node="node1" exitstatus="not running" exitreason="NB is not there" exitcode="7" call="17" status="complete" queued="0" exec="101" interval="11000" task="monitor"/>
          </failures>
          <status code="0" message="OK"/>
        </pacemaker-result>
        """;

    /// <summary>Pacemaker 3.0.0: all instances are starting; no attributes, no failures, no controller's quorum.</summary>
    public const string Pacemaker30 = """
        <pacemaker-result api-version="2.38" request="crm_mon -1 --output-as=xml --inactive --include=all">
          <summary>
            <stack type="corosync" pacemakerd-state="running"/>
            <current_dc present="true" version="3.0.0-3.0.0" name="node3" id="3" with_quorum="false" mixed_version="false"/>
          </summary>
          <nodes>
            <node name="node3" id="3" online="true" standby="false" standby_onfail="false" maintenance="true" pending="false" unclean="false" is_dc="true" resources_running="1" type="member"/>
          </nodes>
          <resources>
            <clone id="ovndb-clone" multi_state="true" unique="false" maintenance="false" managed="true" disabled="false" failed="false" failure_ignored="false">
              <resource id="ovndb" resource_agent="ocf:ovn:ovndb-servers" role="Starting" active="true" orphaned="false" blocked="false" maintenance="false" managed="true" failed="false" failure_ignored="false" nodes_running_on="1">
                <node name="node3" id="3" cached="true"/>
              </resource>
            </clone>
          </resources>
          <node_history>
            <node name="node3">
              <resource_history id="ovndb" orphan="false" migration-threshold="1000000">
                <operation_history call="-1" task="start" rc="193" rc_text="No exit status available" exec-time="0ms" queue-time="0ms"/>
              </resource_history>
            </node>
          </node_history>
          <status code="0" message="OK"/>
        </pacemaker-result>
        """;

    /// <summary>A node where no cluster runs.</summary>
    public const string NotConnected = """
        <pacemaker-result api-version="2.25" request="crm_mon -1 --output-as=xml">
          <status code="102" message="Not connected"><errors><error>crm_mon: Connection to cluster failed</error></errors></status>
        </pacemaker-result>
        """;

    /// <summary>No controller has been elected yet.</summary>
    public const string NoController = """
        <pacemaker-result api-version="2.25" request="crm_mon -1 --output-as=xml">
          <summary><stack type="corosync"/><current_dc present="false"/></summary>
          <nodes><node name="node1" id="1" online="false" standby="false" maintenance="false" pending="false" unclean="true"/></nodes>
          <resources/>
          <status code="0" message="OK"/>
        </pacemaker-result>
        """;
}
