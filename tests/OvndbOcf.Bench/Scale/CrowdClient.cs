using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OvndbOcf.Bench.Scale;

/// <summary>
/// A client of the Southbound database as ovn-controller is one: it asks for a table, answers and sends probes, and when the connection breaks
/// it connects anew after a second and asks again. As with the IDL of OVS the pause, which is also how long an attempt to connect may take, doubles with each
/// failed attempt from 1 s to 8 s, and a probe is sent after 5 s of silence. Each connection has a port of its own (<see cref="SourcePorts"/>).
/// </summary>
/// <param name="number">Which of the crowd it is, from 0.</param>
/// <param name="endpoint">Where it connects to.</param>
/// <param name="ports">The ports of its connections.</param>
/// <param name="log">Is told when it has its answer, and when it has lost its connection.</param>
internal sealed class CrowdClient(int number, IPEndPoint endpoint, SourcePorts ports, CrowdLog log)
{
    private const int ReceiveBytes = 16384;
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastBackoff = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(5);
    private static readonly byte[] Request =
        """{"id":1,"method":"monitor","params":["OVN_Southbound","crowd",{"SB_Global":{"columns":["nb_cfg","options"]}}]}"""u8.ToArray();
    private static readonly byte[] Probe = """{"id":"echo","method":"echo","params":[]}"""u8.ToArray();

    private bool isConnected;

    /// <summary>Runs until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var backoff = FirstBackoff;
        while (!stopping.IsCancellationRequested)
        {
            var pause = backoff;
            try
            {
                using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                ports.Bind(socket);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                limit.CancelAfter(backoff);
                await socket.ConnectAsync(endpoint, limit.Token);
                await socket.SendAsync(Request, stopping);
                await ListenAsync(socket, stopping);
            }
            catch (Exception failure) when (failure is SocketException or JsonException or OperationCanceledException)
            {
                // It is tried again, as by any client.
            }

            backoff = backoff * 2 < LastBackoff ? backoff * 2 : LastBackoff;
            if (isConnected)
            {
                isConnected = false;
                pause = FirstBackoff;
                backoff = FirstBackoff;
                log.Left(number);
            }

            await Task.WhenAny(Task.Delay(pause, stopping));
        }
    }

    /// <summary>Answers until the server closes the connection, or leaves a probe unanswered.</summary>
    private async Task ListenAsync(Socket socket, CancellationToken stopping)
    {
        var buffer = new byte[ReceiveBytes];
        var length = 0;
        var probed = false;
        while (true)
        {
            using var idle = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            idle.CancelAfter(ProbeInterval);
            int count;
            try
            {
                count = await socket.ReceiveAsync(buffer.AsMemory(length), idle.Token);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested && !probed)
            {
                probed = true;
                await socket.SendAsync(Probe, stopping);
                continue;
            }

            if (count == 0)
            {
                return;
            }

            probed = false;
            length += count;
            while (Next(buffer.AsSpan(0, length), out var used) is { } answer)
            {
                buffer.AsSpan(used, length - used).CopyTo(buffer);
                length -= used;
                if (answer.Length > 0)
                {
                    await socket.SendAsync(answer, stopping);
                }
            }
        }
    }

    /// <summary>Takes one message off the front; what has to be answered, which may be nothing, or null if there is no whole message.</summary>
    private byte[]? Next(ReadOnlySpan<byte> bytes, out int used)
    {
        used = 0;
        if (bytes.IsEmpty || !TryRead(bytes, out var message, out used))
        {
            return null;
        }

        using (message)
        {
            var root = message!.RootElement;
            if (root.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String)
            {
                return method.ValueEquals("echo")
                    ? Encoding.UTF8.GetBytes(
                        $$"""{"id":{{root.GetProperty("id").GetRawText()}},"result":{{root.GetProperty("params").GetRawText()}},"error":null}"""
                    )
                    : [];
            }

            if (!isConnected && root.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number)
            {
                isConnected = true;
                log.Came(number, Stopwatch.GetTimestamp());
            }

            return [];
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out JsonDocument? message, out int used)
    {
        var reader = new Utf8JsonReader(
            bytes,
            isFinalBlock: false,
            new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true })
        );
        var whole = JsonDocument.TryParseValue(ref reader, out message);
        used = (int)reader.BytesConsumed;
        return whole;
    }
}
