using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>Counts the rows that only the active database has, or only this node's backup.</summary>
internal static class RowsBehind
{
    /// <summary>The view with these numbers, where both databases can be read from here.</summary>
    public static ClusterView AddTo(ClusterView view, ClusterFacts facts, CtlSettings settings) =>
        view with
        {
            Nodes =
            [
                .. view.Nodes.Select(node =>
                    node is { IsLocal: true, Role: InstanceRole.Unpromoted }
                        ? node with
                        {
                            Northbound = AddTo(node.Northbound, OvnDatabase.Northbound, view, facts, settings),
                            Southbound = AddTo(node.Southbound, OvnDatabase.Southbound, view, facts, settings),
                        }
                        : node
                ),
            ],
        };

    private static DatabaseView AddTo(DatabaseView copy, OvnDatabase kind, ClusterView view, ClusterFacts facts, CtlSettings settings)
    {
        var parameters = LocalNode.ParametersOf(facts.Resource);
        var database = parameters.Of(kind);
        var name = database.SchemaName;
        try
        {
            var active = ActiveServer.Find(facts, view, database).Plain;
            var here = OvsdbEndpoint.Unix(ServerPaths.Of(parameters.Directories, database).Database);
            IReadOnlyList<TableShape> tables =
            [
                .. TableShape
                    .Common(
                        TableShape.Of(RowReader.ReadSchema(here, name, settings.Timeout)),
                        TableShape.Of(RowReader.ReadSchema(active, name, settings.Timeout))
                    )
                    .Select(table => table with { Columns = [] }),
            ];
            return copy with
            {
                RowsBehind = RowComparison.CountDifferent(
                    tables,
                    RowReader.ReadServer(here, name, tables),
                    RowReader.ReadServer(active, name, tables)
                ),
            };
        }
        catch (CtlException)
        {
            // Where one of both does not answer, the number is not known.
            return copy;
        }
    }
}
