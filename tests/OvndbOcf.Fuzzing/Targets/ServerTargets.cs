using OvndbOcf.Fuzzing.Engine;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Json;
using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Ovsdb.Unixctl;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Fuzzing.Targets;

/// <summary>What OVN's servers answer, through the code that reads it from their sockets.</summary>
internal static class ServerTargets
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public static FuzzTarget Unixctl()
    {
        var server = new SocketPeer();
        return new FuzzTarget(
            "unixctl",
            Samples.Of(
                """{"id":0,"result":"state: active\n","error":null}""",
                """{"error":null,"id":0,"result":"database: OVN_Northbound\nstate: backup\nreplicating: tcp:10.0.0.1:6641\n"}""",
                """{"id":0,"result":null,"error":"\"x\" is not a valid command\novs-appctl: server returned an error"}""",
                """ {"id":0,"x":[{"y":[]}],"result":"\u00e4\ud83d\ude00","error":null}{"id":0}"""
            ),
            (input, random) =>
            {
                var bytes = SocketPeer.Fitting(input);
                using var call = UnixctlCall.Send(server.Path, "ovsdb-server/sync-status");
                using var peer = server.Answer(bytes);
                var reply = call.Finish(Deadline.After(Patience));
                Must.Hold(
                    reply.Failure is null or CallFailure.ErrorReply or CallFailure.Unreadable or CallFailure.Closed,
                    $"no other failure than of the answer: {reply.Failure}"
                );
                Must.BeEqual(
                    Framed(bytes, random)?.Failure,
                    reply.Failure is CallFailure.Closed ? null : reply.Failure,
                    "however the stream is cut, the outcome is the same"
                );
                SaysActiveOnlyIfTold(reply.Succeeded ? reply.Text : string.Empty);
            }
        );
    }

    public static FuzzTarget SyncStatusText() =>
        new(
            "sync-status",
            Samples.Of(
                "state: active\n",
                "state: backup\nreplicating: tcp:127.0.0.1:6641\ndatabase: OVN_Northbound, OVN_Southbound\nexclude: OVN_Northbound:Connection\n",
                "database: OVN_Northbound\nstate: backup\nnot connected to tcp:[fd00::1]:6641\n\ndatabase: OVN_Southbound\nstate: active\n",
                "state: backup\nReplication to (ssl:192.0.2.1:6641) failed: {\"error\":\"x\"}\n"
            ),
            (input, _) => SaysActiveOnlyIfTold(Samples.Text(input))
        );

    public static FuzzTarget Ovsdb()
    {
        var server = new SocketPeer();
        return new FuzzTarget(
            "ovsdb",
            Samples.Of(
                """{"id":1,"error":null,"result":[{"rows":[{"external_ids":["map",[["ovndb-promotion","7 66666666-0000-4000-8000-000000000006 n1 2026-03-01T12:00:00Z open"]]],"nb_cfg":5}]}]}""",
                """{"method":"echo","id":"echo","params":["x",1]}{"id":1,"error":null,"result":[{"count":1},{"error":"timed out","details":"x"},null]}""",
                """{"method":"update","id":null,"params":[null,{}]}{"id":1,"error":{"error":"unknown database","details":"\ud83d\ude00"},"result":null}""",
                """{"id":1,"error":null,"result":{"name":"OVN_Northbound","version":"7.3.0","tables":{"NB_Global":{"columns":{}}}}}""",
                """{"id":1,"error":null,"result":["OVN_Northbound","_Server"]}""",
                """{"id":1,"error":null,"result":"66666666-0000-4000-8000-000000000006"}""",
                """{"id":1,"error":null,"result":[{"uuid":["uuid","66666666-0000-4000-8000-000000000006"]},{"rows":[{"connections":["set",[["uuid","66666666-0000-4000-8000-000000000006"]]],"is_connected":true,"target":"ptcp:6641"}]}]}"""
            ),
            (input, random) =>
            {
                try
                {
                    using var client = OvsdbClient.Connect(OvsdbEndpoint.Unix(server.Path), Deadline.After(Patience));
                    using var peer = server.Answer(SocketPeer.Fitting(input));
                    Ask(client, random.Next(6));
                }
                catch (OvsdbCallException exception)
                {
                    Must.Hold(
                        exception.Failure is CallFailure.ErrorReply == exception.Error is not null,
                        "an error reply has an error, and nothing else has"
                    );
                }
            }
        );
    }

    private static void Ask(OvsdbClient client, int what)
    {
        var deadline = Deadline.After(Patience);
        switch (what)
        {
            case 0:
                client.ListDatabases(deadline);
                break;
            case 1:
                _ = Version.TryParse(OvsdbValue.Text(client.GetSchema("OVN_Northbound", deadline)["version"]), out _);
                break;
            case 2:
                client.GetServerId(deadline);
                break;
            default:
                Use(
                    client.Transact(
                        "OVN_Northbound",
                        [OvsdbOperation.Select("NB_Global", OvsdbOperation.Where(), "external_ids")],
                        deadline
                    )
                );
                break;
        }
    }

    private static void Use(TransactionResult result)
    {
        Must.Hold(result.Committed || result.Error is not null, "what was not committed has an error");
        Must.Hold(result.Operations.Count == 1, "each operation has its result");
        _ = result.Error?.ToString();
        foreach (var row in result.Operations[0].Rows)
        {
            foreach (var (_, value) in row)
            {
                _ = OvsdbValue.Strings(value);
                _ = OvsdbValue.Uuids(value);
                _ = OvsdbValue.Number(value);
                _ = OvsdbValue.Boolean(value);
                _ = OvsdbValue.Text(value);
            }
        }
    }

    // The same message through the framing alone, cut elsewhere; null if it is not complete.
    private static UnixctlReply? Framed(byte[] bytes, Random random)
    {
        var buffer = new MessageBuffer(ProtocolLimits.UnixctlMessageBytes);
        for (var at = 0; at < bytes.Length; )
        {
            var room = buffer.Room();
            var count = Math.Min(Math.Min(bytes.Length - at, room.Length), 1 + random.Next(random.Next(2) == 0 ? 8 : 4096));
            bytes.AsSpan(at, count).CopyTo(room);
            buffer.Added(count);
            at += count;
            switch (buffer.Take(out var message))
            {
                case FrameStatus.Complete:
                    return UnixctlReply.Parse(message.Span);
                case FrameStatus.Garbage or FrameStatus.TooLarge:
                    return new UnixctlReply(CallFailure.Unreadable, string.Empty);
            }
        }

        return null;
    }

    private static void SaysActiveOnlyIfTold(string text)
    {
        var status = SyncStatus.Parse(text);
        var lines = Array.ConvertAll(text.Split('\n'), line => line.Trim());
        var isTold = lines.Any(line => line.StartsWith("state:", StringComparison.Ordinal) && line["state:".Length..].Trim() == "active");
        foreach (var name in (string[])["OVN_Northbound", "OVN_Southbound", "other", .. status.Databases.Keys])
        {
            var found = status.For(name);
            Must.Hold(found.Role != SyncRole.Active || isTold, "no server is active that did not say so in a line of its own");
            Must.Hold(found.Role == SyncRole.Backup || found.Replication == Replication.None, "only a backup replicates");
        }

        if (
            lines.Count(line => line.StartsWith("state:", StringComparison.Ordinal)) > 1
            && !lines.Any(line => line.StartsWith("database:", StringComparison.Ordinal))
        )
        {
            Must.Hold(status.For("OVN_Northbound").Role == SyncRole.Unknown, "an answer with two states says nothing");
        }
    }
}
