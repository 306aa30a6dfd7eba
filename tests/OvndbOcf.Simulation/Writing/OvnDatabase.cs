namespace OvndbOcf.Simulation.Writing;

/// <summary>One of OVN's two databases, with its default names and places.</summary>
/// <param name="Name">The database's name in OVSDB.</param>
/// <param name="Port">The TCP port that clients use by default.</param>
/// <param name="Socket">The unix socket on each node.</param>
/// <param name="PidFile">The pidfile on each node.</param>
/// <param name="Table">The table that <see cref="AcknowledgedWriter"/> writes to; its rows have unique names.</param>
public sealed record OvnDatabase(string Name, int Port, string Socket, string PidFile, string Table)
{
    /// <summary>The Northbound database.</summary>
    public static OvnDatabase Northbound { get; } =
        new("OVN_Northbound", 6641, "/var/run/ovn/ovnnb_db.sock", "/var/run/ovn/ovnnb_db.pid", "Logical_Switch");

    /// <summary>The Southbound database. ovn-northd leaves rows of chassis alone; rows of most other tables it would delete.</summary>
    public static OvnDatabase Southbound { get; } =
        new("OVN_Southbound", 6642, "/var/run/ovn/ovnsb_db.sock", "/var/run/ovn/ovnsb_db.pid", "Chassis");

    /// <summary>The control socket on each node.</summary>
    public string Control => Path.ChangeExtension(Socket, ".ctl");

    /// <summary>The file on each node.</summary>
    public string File => $"/var/lib/ovn/{Path.GetFileNameWithoutExtension(Socket)}.db";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
