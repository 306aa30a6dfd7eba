using Microsoft.Extensions.Configuration;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>
/// The settings: of the file <c>/etc/ovndbctl.conf</c> (lines <c>name = value</c>), over it those of the environment (<c>OVNDBCTL_NAME</c>), over these the command line.
/// </summary>
internal sealed record CtlSettings
{
    /// <summary>The file that is read where <c>OVNDBCTL_CONFIG</c> names no other.</summary>
    public const string File = "/etc/ovndbctl.conf";

    private const string Prefix = "OVNDBCTL_";

    /// <summary>The resource that is meant (<c>resource</c>); null for the only one.</summary>
    public string? Resource { get; init; }

    /// <summary>How results are printed (<c>output</c>): <c>table</c> or <c>json</c>.</summary>
    public string Output { get; init; } = "table";

    /// <summary>How long each question to the cluster or a server may take (<c>timeout</c>, seconds).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The directory of Pacemaker's tools (<c>tools</c>).</summary>
    public string Tools { get; init; } = "/usr/sbin";

    /// <summary>Pacemaker's own file of the configuration, which is read where Pacemaker does not answer (<c>cib</c>).</summary>
    public string CibFile { get; init; } = "/var/lib/pacemaker/cib/cib.xml";

    /// <summary>The directory of the agent's notes (<c>state</c>).</summary>
    public string StateDirectory { get; init; } = "/run/resource-agents";

    /// <summary>The file that <c>metrics --textfile</c> writes (<c>textfile</c>), where Debian's node_exporter reads it.</summary>
    public string Textfile { get; init; } = "/var/lib/prometheus/node-exporter/ovndb.prom";

    /// <summary>Where <c>metrics --listen</c> listens (<c>listen</c>), as <c>ADDRESS:PORT</c> or <c>PORT</c>; null where nothing says it.</summary>
    public string? Listen { get; init; }

    /// <summary>Reads file and environment.</summary>
    /// <exception cref="CtlException">A value is wrong, or the file cannot be read.</exception>
    public static CtlSettings Read() => From(Load(Environment.GetEnvironmentVariable(Prefix + "CONFIG") ?? File));

    /// <summary>From any configuration with the names of the settings.</summary>
    /// <exception cref="CtlException">A value is wrong.</exception>
    public static CtlSettings From(IConfiguration values)
    {
        var defaults = new CtlSettings();
        return new CtlSettings
        {
            Resource = Text(values, "resource"),
            Output = Text(values, "output") switch
            {
                null => defaults.Output,
                "table" or "json" => Text(values, "output")!,
                var other => throw Wrong("output", other, "table or json"),
            },
            Timeout = Text(values, "timeout") switch
            {
                null => defaults.Timeout,
                var text when int.TryParse(text, out var seconds) && seconds is >= 1 and <= 600 => TimeSpan.FromSeconds(seconds),
                var other => throw Wrong("timeout", other, "seconds from 1 to 600"),
            },
            Tools = AbsolutePath(values, "tools", defaults.Tools),
            CibFile = AbsolutePath(values, "cib", defaults.CibFile),
            StateDirectory = AbsolutePath(values, "state", defaults.StateDirectory),
            Textfile = AbsolutePath(values, "textfile", defaults.Textfile),
            Listen = Text(values, "listen"),
        };
    }

    private static IConfigurationRoot Load(string path)
    {
        var builder = new ConfigurationBuilder();
        try
        {
            if (System.IO.File.Exists(path))
            {
                builder.AddIniStream(new MemoryStream(System.IO.File.ReadAllBytes(path)));
            }

            return builder.AddEnvironmentVariables(Prefix).Build();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CtlException($"{path} cannot be read: {exception.Message}", ExitStatus.Usage);
        }
    }

    private static string? Text(IConfiguration values, string name) => values[name] is { Length: > 0 } text ? text : null;

    private static string AbsolutePath(IConfiguration values, string name, string instead) =>
        Text(values, name) switch
        {
            null => instead,
            ['/', ..] and var path => path,
            var other => throw Wrong(name, other, "an absolute path"),
        };

    private static CtlException Wrong(string name, string value, string right) =>
        new(
            $"the setting {name} is '{value}'; write {right} (see {File} and the environment's {Prefix}{name.ToUpperInvariant()})",
            ExitStatus.Usage
        );
}
