using System.Globalization;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>
/// Adds rows to a database over TLS, and remembers which of them the server acknowledged and when. Each row has a connection of its own, so that server and client show each other their
/// certificates all the time.
/// </summary>
internal sealed class TlsWriter : IAsyncDisposable
{
    private const string Directory = "/root/tls-writer";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // Arguments: the server, the beginning of the rows' names, and the transaction. A line for each row: whether it is acknowledged, the moment, the name, and what the server said.
    private const string Loop = """
        number=0 group=$((RANDOM % 10000))
        while [ ! -e stop ]; do
            name=$2$((number += 1)) transaction=${3//ADDRESS/fd00::$group:$number}
            read -ra options < options
            answer=$(ovsdb-client --timeout=2 "${options[@]}" transact "$1" "${transaction//NAME/$name}" 2>&1)
            if [ $? = 0 ] && [[ $answer != *'"error"'* ]]; then acknowledged=yes; else acknowledged=no; fi
            echo "$acknowledged $EPOCHREALTIME $name ${answer//$'\n'/ }" >> rows
            sleep 0.025
        done
        """;

    private const string NorthboundRow = """["OVN_Northbound",{"op":"insert","table":"Logical_Switch","row":{"name":"NAME"}}]""";

    // A chassis has at least one encapsulation, and their addresses must differ.
    private const string SouthboundRow = """
        ["OVN_Southbound",{"op":"insert","table":"Encap","uuid-name":"encap","row":{"type":"geneve","ip":"ADDRESS","chassis_name":"NAME"}},{"op":"insert","table":"Chassis","row":{"name":"NAME","encaps":["named-uuid","encap"]}}]
        """;

    private readonly Machine machine;
    private readonly DateTimeOffset start = DateTimeOffset.UtcNow;
    private Task<ExecResult>? loop;

    private TlsWriter(Machine machine) => this.machine = machine;

    /// <summary>The time since the start, by the clock of the report.</summary>
    public TimeSpan Elapsed => DateTimeOffset.UtcNow - start;

    /// <summary>Starts writing at once.</summary>
    /// <param name="machine">The client.</param>
    /// <param name="database">The database: switches are added to the Northbound one, chassis to the Southbound one.</param>
    /// <param name="remote">The server.</param>
    /// <param name="options">The client's key, certificate and CA as options of OVS's tools.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<TlsWriter> StartAsync(
        Machine machine,
        OvnDatabase database,
        string remote,
        IReadOnlyList<string> options,
        CancellationToken cancellationToken
    )
    {
        var writer = new TlsWriter(machine);
        await machine.ExecCheckedAsync(["rm", "-rf", Directory], cancellationToken: cancellationToken);
        await writer.UseAsync(options, cancellationToken);
        writer.loop = machine.ExecCheckedAsync(
            [
                .. (string[])["env", "--chdir", Directory, "LC_ALL=C", "bash", "-c", Loop, "writer", remote],
                $"tls-{Guid.NewGuid():N}-",
                database == OvnDatabase.Northbound ? NorthboundRow : SouthboundRow,
            ],
            Longest,
            cancellationToken: CancellationToken.None
        );
        return writer;
    }

    /// <summary>Lets it use other files from its next row on.</summary>
    public async Task UseAsync(IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        await machine.WriteFileAsync($"{Directory}/options.new", $"{string.Join(' ', options)}\n", cancellationToken: cancellationToken);
        await machine.ExecCheckedAsync(["mv", $"{Directory}/options.new", $"{Directory}/options"], cancellationToken: cancellationToken);
    }

    /// <summary>What was done up to now.</summary>
    public async Task<WriterReport> ReportAsync(CancellationToken cancellationToken)
    {
        var elapsed = Elapsed;
        var rows = await machine.ExecCheckedAsync(
            ["sh", "-c", $"[ ! -e {Directory}/rows ] || cat {Directory}/rows"],
            cancellationToken: cancellationToken
        );
        var lines = rows.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 4)).ToList();
        var failed = lines.Where(line => line[0] != "yes").ToList();
        return new WriterReport(
            [.. lines.Except(failed).Select(line => new AcknowledgedWrite(line[2], Moment(line[1])))],
            [.. failed.Select(line => line[2])],
            Refused: 0,
            failed.LastOrDefault()?[3],
            elapsed
        );
    }

    /// <summary>Stops writing and tells what was done.</summary>
    public async Task<WriterReport> StopAsync()
    {
        await machine.WriteFileAsync($"{Directory}/stop", "", cancellationToken: CancellationToken.None);
        var elapsed = Elapsed;
        await loop!;
        return await ReportAsync(CancellationToken.None) with { Elapsed = elapsed };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (loop is { IsCompleted: false })
        {
            await StopAsync();
        }
    }

    /// <summary>Which of its rows that is; the first is 1.</summary>
    public static int Number(string name) => int.Parse(name.Split('-')[^1], CultureInfo.InvariantCulture);

    // The machine is a container here, so it has the same clock.
    private TimeSpan Moment(string secondsSinceEpoch) =>
        TimeSpan.FromSeconds(double.Parse(secondsSinceEpoch, CultureInfo.InvariantCulture)) - (start - DateTimeOffset.UnixEpoch);
}
