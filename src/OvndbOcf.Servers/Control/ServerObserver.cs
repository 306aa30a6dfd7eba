using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>Asks the servers what they are.</summary>
public sealed class ServerObserver
{
    private readonly AgentParameters _parameters;

    /// <summary>Looks at the servers in the run directory of the parameters.</summary>
    public ServerObserver(AgentParameters parameters) => _parameters = parameters;

    /// <summary>Asks both servers without waiting for what they say, which <see cref="Await"/> does.</summary>
    public ServerInquiry Ask() => new(_parameters.Directories, _parameters.Northbound, _parameters.Southbound);

    /// <summary>
    /// The answers to <see cref="Ask"/>. Returns by the deadline, and before it if those that have not answered will not. One that is busy gets all the time there is.
    /// </summary>
    public static ServerPair Await(ServerInquiry inquiry, Deadline deadline)
    {
        var seen = inquiry.Await(deadline);
        return new ServerPair(seen[0], seen[1]);
    }

    /// <summary>Asks both servers side by side, and waits for what they say as <see cref="Await"/> does.</summary>
    public ServerPair Observe(Deadline deadline)
    {
        using var inquiry = Ask();
        return Await(inquiry, deadline);
    }

    /// <summary>Asks one server; returns by the deadline.</summary>
    public ServerObservation Observe(DatabaseParameters database, Deadline deadline)
    {
        using var inquiry = new ServerInquiry(_parameters.Directories, database);
        return inquiry.Await(deadline)[0];
    }
}
