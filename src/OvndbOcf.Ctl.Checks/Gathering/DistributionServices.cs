using OvndbOcf.Ctl.Checks.Facts;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>Services of distributions that run OVN's databases or ovn-northd, by systemd's links (systemd.unit(5)). No tool is called.</summary>
internal static class DistributionServices
{
    private static readonly string[] Names =
    [
        "ovn-central.service",
        "ovn-northd.service",
        "ovn-ovsdb-server-nb.service",
        "ovn-ovsdb-server-sb.service",
    ];
    private static readonly string[] Folders = ["etc/systemd/system", "run/systemd/system", "usr/lib/systemd/system"];

    /// <summary>Those that are started at boot; none where systemd does not run.</summary>
    public static Fact<IReadOnlyList<string>> Find() => Find("/");

    internal static Fact<IReadOnlyList<string>> Find(string root)
    {
        // sd_booted(3)
        if (!Directory.Exists(Path.Combine(root, "run/systemd/system")))
        {
            return Fact<IReadOnlyList<string>>.Of([]);
        }

        try
        {
            var folders = Folders.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists).ToList();
            return Fact<IReadOnlyList<string>>.Of([
                .. Names.Where(name =>
                    !folders.Exists(folder => new FileInfo(Path.Combine(folder, name)).LinkTarget == "/dev/null")
                    && folders.Exists(folder => IsWantedByTarget(folder, name))
                ),
            ]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fact<IReadOnlyList<string>>.Unknown($"systemd's units cannot be read: {exception.Message}");
        }
    }

    // A unit that another unit wants is started with that one; a target is reached at boot.
    private static bool IsWantedByTarget(string folder, string name) =>
        Directory
            .EnumerateDirectories(folder, "*.target.*")
            .Any(target =>
                Path.GetExtension(target) is ".wants" or ".requires" or ".upholds"
                && new FileInfo(Path.Combine(target, name)) is var link
                && (link.Exists || link.LinkTarget is not null)
            );
}
