using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Servers;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>Looks at this node's servers, databases and files, with the means of the agent.</summary>
internal static class LocalNode
{
    /// <summary>The parameters of a resource, as the agent reads them.</summary>
    public static AgentParameters ParametersOf(CibResource resource)
    {
        var variables = resource
            .Parameters.Select(parameter => KeyValuePair.Create("OCF_RESKEY_" + parameter.Key, (string?)parameter.Value))
            .Concat(OvnDirectories.EnvironmentNames.Select(name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable(name))));
        return ParameterReader.Read(OcfEnvironment.From(AgentDescription.Name, variables)).Parameters;
    }

    /// <summary>Whether backups replicate from the nodes' own addresses by listeners of their own: only then everything reaches them before a planned move.</summary>
    public static bool SendsAhead(AgentParameters parameters) => NodeAddress.Topology(parameters).SeparatesBackups;

    /// <summary>What is seen; returns by the deadline.</summary>
    public static LocalFacts Look(CibResource resource, CtlSettings settings, Deadline deadline)
    {
        var parameters = ParametersOf(resource);
        var servers = ServerInquiry.Observe(parameters, deadline);
        var log = new OcfLog(TextWriter.Null, AgentDescription.Name, resource.Id, debug: false);
        var memory = new ResourceMemory(settings.StateDirectory, resource.Id, parameters.Directories);
        var topology = NodeAddress.Topology(parameters);
        var northd = new Northd(parameters, topology, new OvnCtl(parameters, log), memory, log).Ask(deadline);
        return new LocalFacts(
            servers,
            new CopyPair(
                ReadCopy(parameters, parameters.Northbound, servers.Northbound, deadline),
                ReadCopy(parameters, parameters.Southbound, servers.Southbound, deadline)
            ),
            northd,
            parameters.MasterIp is { } address && NodeAddress.IsLocal(address),
            FilesOf(parameters, OvnDatabase.Northbound),
            FilesOf(parameters, OvnDatabase.Southbound),
            DatabaseDisks.Of(parameters)
        );
    }

    private static FileFacts FilesOf(AgentParameters parameters, OvnDatabase database)
    {
        var aside = AsideFiles.Find(parameters, database);
        return new FileFacts(
            DatabaseFile.Length(DatabaseFile.Find(parameters, parameters.Of(database))),
            aside?.Count,
            aside is [var latest, ..] ? latest.LastWriteTimeUtc : null
        );
    }

    // One that said nothing on its control socket is not waited for on the other.
    private static DatabaseCopy ReadCopy(
        AgentParameters parameters,
        DatabaseParameters database,
        ServerObservation server,
        Deadline deadline
    ) => server.IsResponsive ? new CopyAccess(parameters, database).Read(deadline) : DatabaseCopy.Unreadable;
}
