using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Simulation.Observation;

/// <summary>The rows that servers of a cluster acknowledged and nobody removed: each has to be in every copy, always.</summary>
public sealed class RowLedger
{
    private readonly Lock gate = new();
    private readonly HashSet<string> northbound = [];
    private readonly HashSet<string> southbound = [];

    /// <summary>Notes an acknowledged row.</summary>
    public void Add(OvnDatabase database, string name)
    {
        lock (gate)
        {
            Rows(database).Add(name);
        }
    }

    /// <summary>Notes rows that a writer was told are written.</summary>
    public void Add(OvnDatabase database, IEnumerable<AcknowledgedWrite> writes)
    {
        foreach (var write in writes)
        {
            Add(database, write.Name);
        }
    }

    /// <summary>The acknowledged rows that are not in a copy.</summary>
    public IReadOnlyList<string> MissingIn(OvnDatabase database, IReadOnlySet<string> copy)
    {
        lock (gate)
        {
            return [.. Rows(database).Where(name => !copy.Contains(name)).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Forgets rows whose loss has been reported: a later test is not to fail for it again.</summary>
    public void Forget(OvnDatabase database, IEnumerable<string> names)
    {
        lock (gate)
        {
            Rows(database).ExceptWith(names);
        }
    }

    private HashSet<string> Rows(OvnDatabase database) => database.Name == OvnDatabase.Northbound.Name ? northbound : southbound;
}
