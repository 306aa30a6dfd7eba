using OvndbOcf.Ocf;

namespace OvndbOcf.Decisions.Instance;

/// <summary>An instance that is what Pacemaker expects. Pure and total.</summary>
public static class ExpectedInstance
{
    /// <summary>Whether servers that were seen so are in the role that is expected. Where nothing is, they are not.</summary>
    public static bool Is(ServerPair servers, ExpectedRole expected) =>
        expected switch
        {
            ExpectedRole.Promoted => servers.AreActive,
            ExpectedRole.Unpromoted => servers.Northbound.IsBackup && servers.Southbound.IsBackup,
            _ => false,
        };

    /// <summary>What monitor returns for it.</summary>
    public static OcfExitCode CodeOf(ExpectedRole expected) =>
        expected == ExpectedRole.Promoted ? OcfExitCode.Promoted : OcfExitCode.Success;
}
