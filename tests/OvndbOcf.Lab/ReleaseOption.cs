using System.CommandLine;
using OvndbOcf.Simulation;

namespace OvndbOcf.Lab;

/// <summary><c>--release</c>: the nodes' Debian release.</summary>
internal sealed class ReleaseOption : Option<string>
{
    public ReleaseOption()
        : base("--release")
    {
        Description = "Debian release of the nodes";
        DefaultValueFactory = _ => DebianRelease.Bookworm.Suite();
        this.AcceptOnlyFromAmong([.. Enum.GetValues<DebianRelease>().Select(release => release.Suite())]);
    }

    /// <summary>The release that was given, or the default.</summary>
    public DebianRelease In(ParseResult arguments) => Enum.Parse<DebianRelease>(arguments.GetValue(this)!, ignoreCase: true);
}
