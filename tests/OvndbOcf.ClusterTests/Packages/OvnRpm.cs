namespace OvndbOcf.ClusterTests.Packages;

/// <summary>OVN's package for Fedora, as far as it meets this one: upstream's has the shell agent and the link to it in Pacemaker's place as files of its own, with no script that would write them.</summary>
internal static class OvnRpm
{
    /// <summary>A version.</summary>
    public const string Former = "/tmp/rpms/ovn-1.rpm";

    /// <summary>The next one.</summary>
    public const string Newer = "/tmp/rpms/ovn-2.rpm";

    /// <summary>Makes both files, of the shell agent that is installed.</summary>
    public static string[] Build { get; } = ["bash", "-euc", Script];

    private const string Script = $$"""
        work=$(mktemp -d)
        cat > "$work/ovn.spec" <<'SPEC'
        Name: ovn
        Version: %{number}
        Release: 1
        Summary: OVN
        License: Apache-2.0
        BuildArch: noarch
        %description
        OVN
        %install
        install -D -m 755 {{OvnCommon.UpstreamsTarget}} %{buildroot}{{OvnCommon.UpstreamsTarget}}
        echo "# %{number}" >> %{buildroot}{{OvnCommon.UpstreamsTarget}}
        mkdir -p "$(dirname %{buildroot}{{OvnCommon.Place}})"
        ln -s {{OvnCommon.UpstreamsTarget}} %{buildroot}{{OvnCommon.Place}}
        %files
        {{OvnCommon.UpstreamsTarget}}
        {{OvnCommon.Place}}
        SPEC
        for number in 1 2; do
            rpmbuild --quiet -bb --define "number $number" --define "_topdir $work/top" \
                --define "_rpmdir /tmp/rpms" --define "_rpmfilename %%{NAME}-%%{VERSION}.rpm" "$work/ovn.spec"
        done
        rm -r "$work"
        """;
}
