using System.CommandLine;
using OvndbOcf.Simulation;

namespace OvndbOcf.Lab;

/// <summary><c>--release</c>: the nodes' Debian release.</summary>
internal sealed class ReleaseOption : Option<string>
{
    /// <param name="needsWholeOvn">Whether the command needs what not every release has of OVN.</param>
    public ReleaseOption(bool needsWholeOvn = true)
        : base("--release")
    {
        Description = "Debian release of the nodes";
        DefaultValueFactory = _ => DebianRelease.Bookworm.Suite();
        this.AcceptOnlyFromAmong([
            .. Enum.GetValues<DebianRelease>().Where(release => !needsWholeOvn || release.HasWholeOvn()).Select(release => release.Suite()),
        ]);
    }

    /// <summary>The release that was given, or the default.</summary>
    public DebianRelease In(ParseResult arguments) => Enum.Parse<DebianRelease>(arguments.GetValue(this)!, ignoreCase: true);
}
