using OvndbOcf.Ocf;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Actions;

/// <summary>What Pacemaker expects when it calls monitor.</summary>
internal static class Expectation
{
    /// <summary>
    /// A probe expects nothing. A recurring monitor names its role, and the exit code that the transition expects of it; without either, nothing is known.
    /// </summary>
    public static ExpectedRole Of(OcfEnvironment environment)
    {
        if (environment.IsProbe)
        {
            return ExpectedRole.Unknown;
        }

        return environment.Meta("role") switch
        {
            "Promoted" or "Master" => ExpectedRole.Promoted,
            "Unpromoted" or "Slave" or "Started" => ExpectedRole.Unpromoted,
            _ => environment.Meta("op_target_rc") switch
            {
                "8" => ExpectedRole.Promoted,
                "0" => ExpectedRole.Unpromoted,
                _ => ExpectedRole.Unknown,
            },
        };
    }
}
