using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>Counts the rows that only the active database has, or only this node's backup.</summary>
internal static class RowsDiffering
{
    /// <summary>The view with these numbers for this node's backup, and why a database's rows could not be compared.</summary>
    public static (ClusterView View, IReadOnlyList<string> Failures) AddTo(ClusterView view, ClusterFacts facts, CtlSettings settings)
    {
        List<string> failures = [];
        var nodes = view
            .Nodes.Select(node =>
                node is { IsLocal: true, Role: InstanceRole.Unpromoted }
                    ? node with
                    {
                        Northbound = node.Northbound with { RowsDiffering = Count(OvnDatabase.Northbound) },
                        Southbound = node.Southbound with { RowsDiffering = Count(OvnDatabase.Southbound) },
                    }
                    : node
            )
            .ToList();
        return (view with { Nodes = nodes }, failures);

        int? Count(OvnDatabase kind)
        {
            try
            {
                return CountDifferent(kind, view, facts, settings);
            }
            catch (CtlException exception)
            {
                failures.Add(exception.Message);
                return null;
            }
        }
    }

    private static int CountDifferent(OvnDatabase kind, ClusterView view, ClusterFacts facts, CtlSettings settings)
    {
        var parameters = LocalNode.ParametersOf(facts.Resource);
        var database = parameters.Of(kind);
        var name = database.SchemaName;
        var active = ActiveServer.Find(facts, view, database).Plain(brought: null);
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
        return RowComparison.CountDifferent(tables, RowReader.ReadServer(here, name, tables), RowReader.ReadServer(active, name, tables));
    }
}
