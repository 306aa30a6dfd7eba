using OvndbOcf.Simulation;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>
/// What the Ansible role linux-system-roles.ha_cluster does with variables that make resources: it takes the cluster's configuration, removes all but what Pacemaker itself keeps there, builds the new one by pcs in
/// a file, and applies the difference (<c>tasks/shell_pcs/create-and-push-cib.yml</c>, 2026).
/// </summary>
internal static class HaClusterRole
{
    private const string Variables = "/root/ha_cluster.yml";

    private const string Steps = """
        import os, subprocess, sys, yaml

        PURGE = '''/cib/configuration/*[not(self::crm_config or self::nodes or self::resources or self::constraints)]
            | /cib/configuration/*[self::resources or self::constraints]/*
            | /cib/configuration/nodes/*/*
            | /cib/configuration/crm_config//nvpair[not(
                @name="cluster-infrastructure" or @name="cluster-name" or @name="dc-version" or @name="have-watchdog"
                or @name="last-lrm-refresh" or @name="stonith-watchdog-timeout" or @name="fencing-watchdog-timeout")]'''
        ORIGINAL, NEW, DIFFERENCE = "/root/original.xml", "/root/new.xml", "/root/difference.xml"

        def run(*command, **more):
            return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **more).stdout

        def pcs(*arguments):
            run("pcs", "-f", NEW, "--", *arguments)

        def pairs(attributes):
            return [f"{attribute['name']}={attribute['value']}" for attribute in attributes]

        def first(sets):
            return pairs(sets[0]["attrs"]) if sets else []

        variables = yaml.safe_load(open(sys.argv[1]))
        configuration = run("cibadmin", "--query")
        for file in ORIGINAL, NEW:
            open(file, "w").write(configuration)
        run("cibadmin", "--force", "--delete-all", "--xpath", PURGE, env={**os.environ, "CIB_file": NEW})

        for pair in first(variables["ha_cluster_cluster_properties"]):
            pcs("property", "set", pair)
        for resource in variables["ha_cluster_resource_primitives"]:
            meta = first(resource.get("meta_attrs"))
            operations = [word for one in resource["operations"] for word in ("op", one["action"], *pairs(one["attrs"]))]
            pcs("resource", "create", resource["id"], resource["agent"], *first(resource["instance_attrs"]), *(["meta", *meta] if meta else []), *operations)
        for clone in variables["ha_cluster_resource_clones"]:
            pcs("resource", "promotable", clone["resource_id"], *first(clone["meta_attrs"]))
        for one in variables["ha_cluster_constraints_colocation"]:
            follower, leader = one["resource_follower"], one["resource_leader"]
            pcs("constraint", "colocation", "add", follower["id"], "with", leader["role"].lower(), leader["id"], *pairs(one["options"]))
        for one in variables["ha_cluster_constraints_order"]:
            before, then = one["resource_first"], one["resource_then"]
            pcs("constraint", "order", before["action"], before["id"], "then", then["action"], then["id"])

        compared = subprocess.run(["crm_diff", "--no-version", "--original", ORIGINAL, "--new", NEW], stdout=subprocess.PIPE, text=True)
        if compared.returncode == 1:
            open(DIFFERENCE, "w").write(compared.stdout)
            run("cibadmin", "--verbose", "--patch", "--xml-file", DIFFERENCE)
        elif compared.returncode != 0:
            sys.exit(f"crm_diff ended with {compared.returncode}")
        """;

    /// <summary>Applies variables on a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="variables">The text of the file with the variables.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ExecException">A step failed.</exception>
    public static async Task RunAsync(ClusterNode node, string variables, CancellationToken cancellationToken)
    {
        await node.WriteFileAsync(Variables, variables, cancellationToken: cancellationToken);
        await node.ExecCheckedAsync(["python3", "-", Variables], standardInput: Steps, cancellationToken: cancellationToken);
    }
}
