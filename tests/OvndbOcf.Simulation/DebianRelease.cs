namespace OvndbOcf.Simulation;

/// <summary>The Debian release that the nodes of a simulated cluster run.</summary>
public enum DebianRelease
{
    /// <summary>Debian 11: Pacemaker 2.0.5, OVS 2.15, and of OVN the scripts and schemas of Debian 12, without ovn-northd.</summary>
    Bullseye,

    /// <summary>Debian 12: Pacemaker 2.1.5, OVN 23.03, OVS 3.1.</summary>
    Bookworm,

    /// <summary>Debian 13: Pacemaker 3.0.0, OVN 25.03, OVS 3.5.</summary>
    Trixie,
}

/// <summary>Names that follow from the release.</summary>
public static class DebianReleases
{
    /// <summary>The suite as Debian and the image tags spell it, such as <c>bookworm</c>.</summary>
    public static string Suite(this DebianRelease release) =>
        release switch
        {
            DebianRelease.Bullseye => "bullseye",
            DebianRelease.Bookworm => "bookworm",
            DebianRelease.Trixie => "trixie",
            _ => throw new ArgumentOutOfRangeException(nameof(release), release, "no such release"),
        };

    /// <summary>Whether its nodes have all of OVN: ovn-northd and the chassis' part, too.</summary>
    public static bool HasWholeOvn(this DebianRelease release) => release is not DebianRelease.Bullseye;

    /// <summary>The node image that <c>container/setup/build-image</c> leaves for the release.</summary>
    public static string NodeImage(this DebianRelease release) => $"localhost/ovndb-ocf/node:{release.Suite()}";
}
