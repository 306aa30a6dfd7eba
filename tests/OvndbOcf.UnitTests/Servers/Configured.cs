using OvndbOcf.Ocf;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.UnitTests.Servers;

/// <summary>Environments and parameters as a test configures them, by the names of the parameters.</summary>
internal static class Configured
{
    public static OcfEnvironment Environment(params (string Name, string Value)[] parameters) =>
        OcfEnvironment.From(
            "ovndb-servers",
            parameters.Select(pair => KeyValuePair.Create<string, string?>("OCF_RESKEY_" + pair.Name, pair.Value))
        );

    /// <summary>Reads parameters without a mistake; <c>master_ip</c> is 10.0.0.9 unless given.</summary>
    public static AgentParameters Parameters(params (string Name, string Value)[] parameters)
    {
        var (read, problems) = Read(parameters);
        Xunit.Assert.Empty(problems);
        return read;
    }

    public static (AgentParameters Parameters, IReadOnlyList<ParameterProblem> Problems) Read(
        params (string Name, string Value)[] parameters
    ) =>
        ParameterReader.Read(
            Environment(parameters.Any(pair => pair.Name == "master_ip") ? parameters : [("master_ip", "10.0.0.9"), .. parameters])
        );
}
