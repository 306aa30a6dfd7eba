using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Parameters;

/// <summary>What can be said of a path on this machine.</summary>
public enum FileFinding
{
    /// <summary>A file that this process may read.</summary>
    Readable,

    /// <summary>A file that this process may read, and that is a program.</summary>
    Executable,

    /// <summary>Nothing is there.</summary>
    Missing,

    /// <summary>Something is there that is not a file.</summary>
    NotAFile,

    /// <summary>A file that this process may not read.</summary>
    Forbidden,
}

/// <summary>Whether this machine has what the parameters name.</summary>
public static class InstallationRules
{
    /// <summary>
    /// The ovn-ctl to run: the configured one, or where the usual path is configured and only the other usual one exists, that one. Null if there is none.
    /// </summary>
    public static string? ResolveOvnCtl(string configured, Func<string, FileFinding> look)
    {
        if (look(configured) == FileFinding.Executable)
        {
            return configured;
        }

        var other = configured switch
        {
            ParameterTable.OvnCtlDefault => ParameterTable.OvnCtlBeforeSplit,
            ParameterTable.OvnCtlBeforeSplit => ParameterTable.OvnCtlDefault,
            _ => null,
        };
        return other is not null && look(other) == FileFinding.Executable ? other : null;
    }

    /// <summary>Every file that is missing or cannot be read here.</summary>
    public static IReadOnlyList<ParameterProblem> Check(AgentParameters parameters, Func<string, FileFinding> look)
    {
        var problems = new List<ParameterProblem>();
        if (ResolveOvnCtl(parameters.OvnCtl, look) is null)
        {
            problems.Add(
                new ParameterProblem(
                    OcfExitCode.NotInstalled,
                    "ovn_ctl",
                    $"{parameters.OvnCtl} {Describe(look(parameters.OvnCtl))} on this node; install OVN's central components, or write the path of OVN's ovn-ctl"
                )
            );
        }

        foreach (var database in parameters.Databases)
        {
            if (database.Protocol == DatabaseProtocol.Ssl)
            {
                CheckTls(problems, database, look);
            }
        }

        return problems;
    }

    private static void CheckTls(List<ParameterProblem> problems, DatabaseParameters database, Func<string, FileFinding> look)
    {
        (string Part, string Path)[] files =
        [
            ("privkey", database.Tls.PrivateKey),
            ("cert", database.Tls.Certificate),
            ("cacert", database.Tls.CaCertificate),
        ];
        foreach (var (part, path) in files)
        {
            var finding = look(path);
            if (finding is not (FileFinding.Readable or FileFinding.Executable))
            {
                var code = finding == FileFinding.Forbidden ? OcfExitCode.InsufficientPrivileges : OcfExitCode.InvalidArguments;
                problems.Add(
                    new ParameterProblem(
                        code,
                        $"ovn_{database.Prefix}_db_{part}",
                        $"{path} {Describe(finding)} on this node; put the PEM file there on every node, or write the file's path, or set {database.Prefix}_master_protocol to tcp",
                        OnlyForStartOf: database.Kind
                    )
                );
            }
        }
    }

    private static string Describe(FileFinding finding) =>
        finding switch
        {
            FileFinding.Missing => "does not exist",
            FileFinding.NotAFile => "is not a file",
            FileFinding.Forbidden => "cannot be read",
            FileFinding.Readable => "is not executable",
            _ => "exists",
        };
}
