namespace OvndbOcf.ClusterTests.Packages;

/// <summary>
/// OVN's package <c>ovn-common</c> as a file to install again: where the nodes have no way to an archive, it is put together from what is installed of it, with its own scripts.
/// </summary>
internal static class OvnCommon
{
    /// <summary>The same version again.</summary>
    public const string Same = "/tmp/ovn-common-same.deb";

    /// <summary>A newer version, whose script makes a link to OVN's shell agent, as upstream's does, where Debian's leads to no file.</summary>
    public const string Newer = "/tmp/ovn-common-newer.deb";

    /// <summary>Where the package's scripts write a link to at each configuration.</summary>
    public const string Place = "/usr/lib/ocf/resource.d/ovn/ovndb-servers";

    /// <summary>Where Debian's link leads.</summary>
    public const string DebiansTarget = "/usr/share/openvswitch/scripts/ovndb-servers.ocf";

    /// <summary>Where upstream's link leads.</summary>
    public const string UpstreamsTarget = "/usr/share/ovn/scripts/ovndb-servers.ocf";

    /// <summary>Configures the package a few times, as each of its upgrades and reinstallations does.</summary>
    public static string[] ConfigureOften { get; } =
    [
        "bash",
        "-euc",
        "version=$(dpkg-query -W -f '${Version}' ovn-common); for i in {1..100}; do /var/lib/dpkg/info/ovn-common.postinst configure \"$version\"; done",
    ];

    /// <summary>Makes both files.</summary>
    public static string[] Repack { get; } = ["bash", "-euc", Script];

    private const string Script = $$"""
        work=$(mktemp -d)
        mkdir "$work/DEBIAN"
        dpkg-query -L ovn-common | while read -r path; do
            from=$(dpkg-divert --truename "$path")
            if [ -d "$from" ] && [ ! -L "$from" ]; then
                mkdir -p "$work$path"
            else
                mkdir -p "$work${path%/*}"
                cp -a "$from" "$work$path"
            fi
        done
        for script in preinst postinst prerm postrm conffiles; do
            [ ! -e "/var/lib/dpkg/info/ovn-common.$script" ] || cp "/var/lib/dpkg/info/ovn-common.$script" "$work/DEBIAN/$script"
        done
        dpkg-query -s ovn-common | sed '/^Status:/d; /^Conffiles:/,/^[^ ]/ { /^Conffiles:/d; /^ /d }' > "$work/DEBIAN/control"
        dpkg-deb --root-owner-group -Znone --build "$work" {{Same}} > /dev/null
        sed -i 's/^Version: .*/&+newer/' "$work/DEBIAN/control"
        sed -i 's#ln -sf {{DebiansTarget}}#ln -sf {{UpstreamsTarget}}#' "$work/DEBIAN/postinst"
        grep -q 'ln -sf {{UpstreamsTarget}}' "$work/DEBIAN/postinst"
        dpkg-deb --root-owner-group -Znone --build "$work" {{Newer}} > /dev/null
        rm -r "$work"
        """;
}
