using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Where every row is that was acknowledged.</summary>
internal static class RowAccount
{
    /// <summary>
    /// Each acknowledged row is served, and has to be in every copy from now on, or it is in a file that the node set aside which was lost before it had sent it; these are returned.
    /// </summary>
    /// <param name="clients">Who wrote.</param>
    /// <param name="server">A node that has a copy.</param>
    /// <param name="ledger">Gets the rows that are served.</param>
    /// <param name="lost">The node that was lost.</param>
    /// <param name="log">What was logged since before that.</param>
    public static async Task<IReadOnlyList<UnservedRow>> MakeAsync(
        InterruptedClients clients,
        ClusterNode server,
        RowLedger ledger,
        ClusterNode lost,
        AgentLog log
    )
    {
        var cancellation = TestContext.Current.CancellationToken;
        var asideFiles = await log.SetAsideAsync(lost, cancellation);
        var unserved = new List<UnservedRow>();
        foreach (var database in new[] { OvnDatabase.Northbound, OvnDatabase.Southbound })
        {
            var acknowledged = clients.Names(database);
            var served = await RowReader.ReadLocalNamesAsync(database, server, cancellation);
            var missing = acknowledged.Except(served).ToHashSet();
            TestContext.Current.TestOutputHelper?.WriteLine($"{database}: {missing.Count} of {acknowledged.Count} rows are not served");
            foreach (var file in asideFiles.Where(file => DatabaseFiles.DatabaseOf(file) == database))
            {
                var found = (await DatabaseFiles.RowsAsync(lost, file, cancellation)).Intersect(missing).ToList();
                unserved.AddRange(found.Select(row => new UnservedRow(database, file, row)));
                missing.ExceptWith(found);
            }

            Assert.Empty(missing);
            foreach (var row in acknowledged.Intersect(served))
            {
                ledger.Add(database, row);
            }
        }

        return unserved;
    }
}

/// <summary>A row that was acknowledged by a node that was lost before it had sent it.</summary>
/// <param name="Database">The database.</param>
/// <param name="File">The file that the node set aside, which has it.</param>
/// <param name="Row">Its name.</param>
internal sealed record UnservedRow(OvnDatabase Database, string File, string Row);
