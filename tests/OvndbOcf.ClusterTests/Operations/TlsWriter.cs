using System.Globalization;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>
/// Adds rows to the Northbound database over TLS, and remembers which of them the server acknowledged and when. Each row has a connection of its own, so that server and client show each other their
/// certificates all the time.
/// </summary>
internal sealed class TlsWriter : IAsyncDisposable
{
    private const string Directory = "/root/tls-writer";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // Arguments: the server and the beginning of the rows' names. A line for each row: whether it is acknowledged, the moment, the name, and what the server said.
    private const string Loop = """
        number=0
        while [ ! -e stop ]; do
            name=$2$((number += 1))
            read -ra options < options
            answer=$(ovsdb-client --timeout=2 "${options[@]}" transact "$1" '["OVN_Northbound",{"op":"insert","table":"Logical_Switch","row":{"name":"'"$name"'"}}]' 2>&1)
            if [ $? = 0 ] && [[ $answer != *'"error"'* ]]; then acknowledged=yes; else acknowledged=no; fi
            echo "$acknowledged $EPOCHREALTIME $name ${answer//$'\n'/ }"
            sleep 0.025
        done
        """;

    private readonly Machine machine;
    private readonly DateTimeOffset start = DateTimeOffset.UtcNow;
    private Task<ExecResult>? loop;

    private TlsWriter(Machine machine) => this.machine = machine;

    /// <summary>The time since the start, by the clock of the report.</summary>
    public TimeSpan Elapsed => DateTimeOffset.UtcNow - start;

    /// <summary>Starts writing at once.</summary>
    /// <param name="machine">The client.</param>
    /// <param name="remote">The server.</param>
    /// <param name="options">The client's key, certificate and CA as options of OVS's tools.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<TlsWriter> StartAsync(
        Machine machine,
        string remote,
        IReadOnlyList<string> options,
        CancellationToken cancellationToken
    )
    {
        var writer = new TlsWriter(machine);
        await machine.ExecCheckedAsync(["rm", "-rf", Directory], cancellationToken: cancellationToken);
        await writer.UseAsync(options, cancellationToken);
        writer.loop = machine.ExecCheckedAsync(
            ["env", "--chdir", Directory, "LC_ALL=C", "bash", "-c", Loop, "writer", remote, $"tls-{Guid.NewGuid():N}-"],
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

    /// <summary>Stops writing and tells what was done.</summary>
    public async Task<WriterReport> StopAsync()
    {
        await machine.WriteFileAsync($"{Directory}/stop", "", cancellationToken: CancellationToken.None);
        var elapsed = Elapsed;
        var lines = (await loop!).Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 4)).ToList();
        var failed = lines.Where(line => line[0] != "yes").ToList();
        return new WriterReport(
            [.. lines.Except(failed).Select(line => new AcknowledgedWrite(line[2], Moment(line[1])))],
            [.. failed.Select(line => line[2])],
            Refused: 0,
            failed.LastOrDefault()?[3],
            elapsed
        );
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
