using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Parameters;

/// <summary>A mistake in the configuration.</summary>
/// <param name="Code">
/// <see cref="OcfExitCode.NotConfigured"/> if it is wrong on every node, <see cref="OcfExitCode.InvalidArguments"/>,
/// <see cref="OcfExitCode.InsufficientPrivileges"/> or <see cref="OcfExitCode.NotInstalled"/> if another node may do.
/// </param>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Text">What is wrong, and what to write instead.</param>
/// <param name="PreventsStart">
/// Whether the servers cannot run with it. A wrong value of a parameter that can change while they run does not: the default
/// counts, so that a typing mistake never takes the databases down.
/// </param>
/// <param name="OnlyForStartOf">The database whose server needs it when it starts, and runs on without it; null where it is no matter of one server's start.</param>
public sealed record ParameterProblem(
    OcfExitCode Code,
    string Parameter,
    string Text,
    bool PreventsStart = true,
    OvnDatabase? OnlyForStartOf = null
)
{
    /// <summary>The exit code of an action that finds these problems: the farthest-reaching one, success if there are none.</summary>
    public static OcfExitCode WorstOf(IEnumerable<ParameterProblem> problems)
    {
        var worst = OcfExitCode.Success;
        foreach (var problem in problems)
        {
            if (Reach(problem.Code) > Reach(worst))
            {
                worst = problem.Code;
            }
        }

        return worst;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Parameter}: {Text}";

    private static int Reach(OcfExitCode code) =>
        code switch
        {
            OcfExitCode.Success => 0,
            OcfExitCode.InvalidArguments => 1,
            OcfExitCode.InsufficientPrivileges => 2,
            OcfExitCode.NotInstalled => 3,
            _ => 4,
        };
}
