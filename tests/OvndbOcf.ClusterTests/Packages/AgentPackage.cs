using System.Runtime.InteropServices;
using Xunit;

namespace OvndbOcf.ClusterTests.Packages;

/// <summary>The package that <c>make deb</c> has built.</summary>
internal static class AgentPackage
{
    /// <summary>Its name.</summary>
    public const string Name = "ovndb-ocf";

    /// <summary>Where tests copy it to on a node.</summary>
    public const string OnNode = "/tmp/ovndb-ocf.deb";

    /// <summary>What Pacemaker's place has to lead to.</summary>
    public const string Executable = "/usr/lib/ovndb-ocf/ovndb-servers";

    /// <summary>
    /// Runs what is in the agent's place every 10 ms until somebody makes the file <see cref="StopWatching"/>, for two minutes at most. It prints the number of runs, and a line for each that was not the agent that is
    /// expected.
    /// </summary>
    public static string[] Watch(string version) => ["bash", "-c", WatchScript, "watch", version];

    /// <summary>Ends the watch.</summary>
    public const string StopWatching = "/tmp/watched-enough";

    private const string WatchScript = $$"""
        for ((runs = 0; SECONDS < 120; runs++)); do
            [ ! -e {{StopWatching}} ] || break
            seen=$({{OvnCommon.Place}} --version 2>&1) || seen="exit status $?: $seen"
            [ "$seen" = "$1" ] || echo "run $runs: $seen"
            sleep 0.01
        done
        rm -f {{StopWatching}}
        echo "$runs"
        """;

    /// <summary>The folder of the whole tree.</summary>
    public static string Root
    {
        get
        {
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "OvndbOcf.sln")))
            {
                directory = directory.Parent;
            }

            Assert.True(directory is not null, $"{AppContext.BaseDirectory} is not below the folder of OvndbOcf.sln");
            return directory.FullName;
        }
    }

    /// <summary>The file for this machine's architecture.</summary>
    public static string BuiltFile => Built(IsArm64 ? "ovndb-ocf_*_arm64.deb" : "ovndb-ocf_*_amd64.deb");

    /// <summary>The one that <c>make rpm</c> has built.</summary>
    public static string BuiltRpm => Built(IsArm64 ? "ovndb-ocf-*.aarch64.rpm" : "ovndb-ocf-*.x86_64.rpm");

    private static bool IsArm64 => RuntimeInformation.OSArchitecture == Architecture.Arm64;

    private static string Built(string name) => Assert.Single(Directory.GetFiles(Path.Combine(Root, "out", "packages"), name));
}
