using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Parameters;

/// <summary>
/// Reads the parameters from the environment and collects every mistake in them. It never fails: in place of a wrong value stands
/// the default, so that monitor and stop work whatever the configuration says.
/// </summary>
public sealed class ParameterReader
{
    // Paths are handed to ovn-ctl, a shell script that does not quote all of them.
    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create("\"'`$&;|<>()*?[]{}!\\");

    private readonly OcfEnvironment _environment;
    private readonly List<ParameterProblem> _problems = [];

    private ParameterReader(OcfEnvironment environment) => _environment = environment;

    /// <summary>The parameters, and what is wrong with them by themselves. Whether files exist is not looked at.</summary>
    public static (AgentParameters Parameters, IReadOnlyList<ParameterProblem> Problems) Read(OcfEnvironment environment)
    {
        var reader = new ParameterReader(environment);
        return (reader.ReadAll(), reader._problems);
    }

    private AgentParameters ReadAll()
    {
        var address = MasterIp.TryParse(_environment.Parameter("master_ip"), out var addressProblem);
        if (addressProblem is not null)
        {
            Wrong("master_ip", addressProblem);
        }

        var northbound = ReadDatabase(OvnDatabase.Northbound, "nb");
        var southbound = ReadDatabase(OvnDatabase.Southbound, "sb");
        if (northbound.Port == southbound.Port && IsRight("nb_master_port") && IsRight("sb_master_port"))
        {
            Wrong("sb_master_port", $"port {southbound.Port} is also nb_master_port; give each database its own port");
        }

        return new AgentParameters
        {
            MasterIp = address,
            Northbound = northbound,
            Southbound = southbound,
            ManageNorthd = ReadBoolean("manage_northd", preventsStart: false),
            ListenOnMasterIpOnly = ReadBoolean("listen_on_master_ip_only", preventsStart: true) ?? true,
            ClientProbeInterval = ReadProbeInterval("inactive_probe_interval"),
            ActiveProbeInterval = ReadProbeInterval("inactive_probe_interval_to_master"),
            ReportDegraded = ReadBoolean("report_degraded", preventsStart: false) ?? false,
            OutdatedPolicy = ReadChoice("outdated_copies", "refuse", "allow", preventsStart: false)
                ? OutdatedPolicy.Refuse
                : OutdatedPolicy.Allow,
            SetAsideCount = ReadNumber("set_aside_count", "files", 0, 1000),
            MaxOpenFiles = ReadNumber("max_open_files", "files", 1024, 1_000_000),
            ReplicateFromNode = ReadChoice("replicate_from", "node", "master_ip", preventsStart: true),
            ReplicationNetwork = ReadNetwork("replication_network"),
            OvnCtl = ReadPath("ovn_ctl", ParameterTable.OvnCtlDefault, preventsStart: false) ?? ParameterTable.OvnCtlDefault,
            Directories = ReadDirectories(),
        };
    }

    private OvnDirectories ReadDirectories()
    {
        var configuration = ReadDirectory("ovn_sysconfdir", "OVN_SYSCONFDIR");

        // As ovn-ctl does (ovn-lib): where the configuration is moved, the databases move with it unless they have a directory of their own.
        var database = ReadDirectory("ovn_dbdir", "OVN_DBDIR") ?? (configuration is null ? null : Path.Combine(configuration, "ovn"));
        return new OvnDirectories(
            ReadDirectory("ovn_rundir", "OVN_RUNDIR") ?? ParameterTable.DefaultOf("ovn_rundir"),
            database,
            ReadDirectory("ovn_logdir", "OVN_LOGDIR"),
            configuration
        )
        {
            PackageData = _environment.Variable("OVN_PKGDATADIR"),
        };
    }

    private DatabaseParameters ReadDatabase(OvnDatabase database, string prefix) =>
        new(
            database,
            ReadPort($"{prefix}_master_port"),
            ReadProtocol($"{prefix}_master_protocol"),
            new TlsFiles(ReadTlsFile(prefix, "privkey"), ReadTlsFile(prefix, "cert"), ReadTlsFile(prefix, "cacert"))
        );

    private int ReadPort(string name)
    {
        var text = _environment.Parameter(name) ?? ParameterTable.DefaultOf(name);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535)
        {
            return port;
        }

        var instead = ParameterTable.DefaultOf(name);
        Wrong(name, $"'{text}' is not a TCP port; write a number from 1 to 65535, the usual one is {instead}");
        return int.Parse(instead, CultureInfo.InvariantCulture);
    }

    private DatabaseProtocol ReadProtocol(string name)
    {
        switch (_environment.Parameter(name) ?? ParameterTable.DefaultOf(name))
        {
            case "tcp":
                return DatabaseProtocol.Tcp;
            case "ssl":
                return DatabaseProtocol.Ssl;
            case var other:
                Wrong(name, $"'{other}' is not a protocol; write tcp, or ssl for TLS");
                return DatabaseProtocol.Tcp;
        }
    }

    private bool? ReadBoolean(string name, bool preventsStart)
    {
        var text = _environment.Parameter(name) ?? ParameterTable.DefaultOf(name);
        if (OcfBoolean.TryParse(text) is { } value)
        {
            return value;
        }

        Wrong(name, $"'{text}' is not a boolean; write yes or no", preventsStart);
        return null;
    }

    private int ReadProbeInterval(string name)
    {
        var text = _environment.Parameter(name) ?? ParameterTable.DefaultOf(name);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return milliseconds;
        }

        var instead = ParameterTable.DefaultOf(name);
        Wrong(
            name,
            $"'{text}' is not an interval; write milliseconds as a whole number such as {instead}, or 0 for no probes",
            preventsStart: false
        );
        return int.Parse(instead, CultureInfo.InvariantCulture);
    }

    private int ReadNumber(string name, string unit, int least, int most)
    {
        var text = _environment.Parameter(name) ?? ParameterTable.DefaultOf(name);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Wrong(
            name,
            $"'{text}' is not a number of {unit}; write a whole number from {least} to {most}, the usual one is {ParameterTable.DefaultOf(name)}",
            preventsStart: false
        );
        return int.Parse(ParameterTable.DefaultOf(name), CultureInfo.InvariantCulture);
    }

    /// <summary>True for the first choice, which is the default, false for the second.</summary>
    private bool ReadChoice(string name, string first, string second, bool preventsStart)
    {
        var text = _environment.Parameter(name) ?? ParameterTable.DefaultOf(name);
        if (text != first && text != second)
        {
            Wrong(name, $"'{text}' is neither {first} nor {second}; write one of these", preventsStart);
        }

        return text != second;
    }

    private IPNetwork? ReadNetwork(string name)
    {
        if (_environment.Parameter(name) is not { } text)
        {
            return null;
        }

        // The platform takes any address of a network for it, and short forms of IPv4 addresses.
        if (
            text.Split('/') is [var first, _]
            && IPNetwork.TryParse(text, out var network)
            && network.PrefixLength > 0
            && IPAddress.TryParse(first, out var address)
            && address.Equals(network.BaseAddress)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || first == address.ToString())
        )
        {
            return network;
        }

        Wrong(name, $"'{text}' is not a network; write the first address and the prefix length, such as 10.0.1.0/24 or 2001:db8:1::/64");
        return null;
    }

    private string ReadTlsFile(string prefix, string part)
    {
        var name = $"ovn_{prefix}_db_{part}";
        var fallback = ParameterTable.DefaultOf(name);
        return ReadPath(name, fallback, preventsStart: true) ?? fallback;
    }

    // The variable is checked like the parameter: ovn-ctl gets the one as it gets the other. In one spelling, as it is compared with what processes were started with.
    private string? ReadDirectory(string name, string variable) =>
        ReadSpelledDirectory(name, variable) is { } path ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) : null;

    private string? ReadSpelledDirectory(string name, string variable)
    {
        var fallback = _environment.Variable(variable);
        if (_environment.Parameter(name) is { } path)
        {
            return CheckedPath(name, path, fallback is null || Flaw(fallback) is not null ? null : fallback, preventsStart: true);
        }

        return fallback is null ? null : CheckedPath(name, fallback, null, preventsStart: true);
    }

    private string? ReadPath(string name, string? fallback, bool preventsStart) =>
        _environment.Parameter(name) is { } path ? CheckedPath(name, path, fallback, preventsStart) : fallback;

    private string? CheckedPath(string name, string path, string? fallback, bool preventsStart)
    {
        if (Flaw(path) is not { } flaw)
        {
            return path;
        }

        Wrong(name, $"'{path}' {flaw}, such as {fallback ?? "/srv/ovn"}", preventsStart);
        return fallback;
    }

    private static string? Flaw(string path) =>
        path[0] != '/' || path.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
            ? "is not a usable path; write an absolute path without spaces"
        : path.AsSpan().ContainsAny(ShellCharacters) ? "has characters that a shell interprets; write a path without those"
        : null;

    private bool IsRight(string parameter) => !_problems.Exists(problem => problem.Parameter == parameter);

    private void Wrong(string parameter, string text, bool preventsStart = true) =>
        _problems.Add(new ParameterProblem(OcfExitCode.NotConfigured, parameter, text, preventsStart));
}
