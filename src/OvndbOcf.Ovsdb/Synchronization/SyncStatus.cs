namespace OvndbOcf.Ovsdb.Synchronization;

/// <summary>What a server takes itself to be for a database (ovsdb(7), "Active-Backup Database Service Model").</summary>
public enum SyncRole
{
    /// <summary>The server did not say, or said something that is not understood.</summary>
    Unknown,

    /// <summary>Accepts writes. A server that was never told to synchronize is active too.</summary>
    Active,

    /// <summary>Refuses writes from clients.</summary>
    Backup,
}

/// <summary>How far a backup has got with copying its active. <see cref="None"/> for whatever is not a backup.</summary>
public enum Replication
{
    /// <summary>Nothing is replicated: the server is active, or its role is unknown.</summary>
    None,

    /// <summary>A backup that did not say how it is connected, or in words that are not understood.</summary>
    Unknown,

    /// <summary>The active's contents were fetched, and changes follow.</summary>
    Replicating,

    /// <summary>
    /// No copy yet: from the first attempt to connect to the end of the first dump. OVS does not tell an active that never answers
    /// from one that is about to send its data.
    /// </summary>
    Connecting,

    /// <summary>Connected before, not connected now.</summary>
    NotConnected,

    /// <summary>Given up: the active's answer cannot be used.</summary>
    Failed,
}

/// <summary>What a server said about one database.</summary>
/// <param name="Role">Active or backup.</param>
/// <param name="Replication">The state of a backup's copying; <see cref="Replication.None"/> otherwise.</param>
/// <param name="Remote">The active that is copied from, such as <c>tcp:192.0.2.10:6641</c>; null if none was named.</param>
/// <param name="Error">Why replication failed, in the server's words; null if it did not fail or no reason was given.</param>
public sealed record DatabaseSyncStatus(SyncRole Role, Replication Replication, string? Remote, string? Error)
{
    /// <summary>The server said nothing that is understood.</summary>
    public static DatabaseSyncStatus Unknown { get; } = new(SyncRole.Unknown, Replication.None, null, null);
}

/// <summary>
/// The answer to the unixctl command <c>ovsdb-server/sync-status</c> (ovsdb-server(1)), per database.
/// Up to OVS 3.2 there is one role for the whole server, and the databases are listed at its end; from 3.3 on each database has its own
/// block, which its name opens. A server none of whose databases was ever a backup answers <c>state: active</c> alone in all versions.
/// </summary>
public sealed class SyncStatus
{
    private readonly Dictionary<string, DatabaseSyncStatus> _databases;
    private readonly DatabaseSyncStatus _others;

    private SyncStatus(Dictionary<string, DatabaseSyncStatus> databases, DatabaseSyncStatus others)
    {
        _databases = databases;
        _others = others;
    }

    /// <summary>The databases that the answer names; none where it speaks of the server as a whole.</summary>
    public IReadOnlyDictionary<string, DatabaseSyncStatus> Databases => _databases;

    /// <summary>Reads an answer, line by line, by the words that lines begin with. Lines that are not understood are passed over; without any that is, all is unknown.</summary>
    public static SyncStatus Parse(string text)
    {
        var reader = new Reader();
        // By the server's line ends alone: an error text or a name may hold what else ends lines in Unicode.
        var rest = text.AsSpan();
        foreach (var line in rest.Split('\n'))
        {
            reader.Read(rest[line].Trim());
        }

        return reader.End();
    }

    /// <summary>
    /// What was said about a database. An answer for the server as a whole holds for every database; one that has blocks for other
    /// databases only leaves this one <see cref="DatabaseSyncStatus.Unknown"/>.
    /// </summary>
    public DatabaseSyncStatus For(string databaseName) => _databases.GetValueOrDefault(databaseName, _others);

    private sealed class Reader
    {
        private readonly Dictionary<string, DatabaseSyncStatus> _databases = [];
        private string? _database;
        private DatabaseSyncStatus _block = DatabaseSyncStatus.Unknown;
        private DatabaseSyncStatus _server = DatabaseSyncStatus.Unknown;
        private bool _hasBlocks;
        private bool _started;
        private bool _stated;

        public SyncStatus End()
        {
            EndBlock();
            return new SyncStatus(_databases, _server);
        }

        public void Read(ReadOnlySpan<char> line)
        {
            if (After(line, "database:", out var value))
            {
                Database(value);
            }
            else if (After(line, "state:", out value))
            {
                State(value);
            }
            else if (After(line, "replicating:", out value))
            {
                Set(Replication.Replicating, value, error: default);
            }
            else if (After(line, "connecting:", out value))
            {
                Set(Replication.Connecting, value, error: default);
            }
            else if (After(line, "not connected to", out value))
            {
                Set(Replication.NotConnected, value, error: default);
            }
            else if (After(line, "Replication to", out value))
            {
                Failed(value);
            }
        }

        /// <summary>Before any state, the name opens a block; after the state of the whole server, it belongs to a list.</summary>
        private void Database(ReadOnlySpan<char> names)
        {
            if (!_started || _hasBlocks)
            {
                EndBlock();
                _hasBlocks = true;
                _started = true;
                _database = names.ToString();
                return;
            }

            foreach (var range in names.Split(','))
            {
                var name = names[range].Trim();
                if (!name.IsEmpty)
                {
                    _databases[name.ToString()] = _block;
                }
            }
        }

        /// <summary>An answer that says it twice may contradict itself, and then says nothing.</summary>
        private void State(ReadOnlySpan<char> role)
        {
            _started = true;
            _block = role switch
            {
                _ when _stated => DatabaseSyncStatus.Unknown,
                "active" => new DatabaseSyncStatus(SyncRole.Active, Replication.None, null, null),
                "backup" => new DatabaseSyncStatus(SyncRole.Backup, Replication.Unknown, null, null),
                _ => DatabaseSyncStatus.Unknown,
            };
            _stated = true;
        }

        /// <summary>Takes <c>(REMOTE) failed</c>, after which <c>: REASON</c> may follow.</summary>
        private void Failed(ReadOnlySpan<char> text)
        {
            const string Closing = ") failed";
            var end = text.IndexOf(Closing);
            if (end > 0 && text[0] == '(')
            {
                Set(Replication.Failed, text[1..end], text[(end + Closing.Length)..].TrimStart(": "));
            }
        }

        private void Set(Replication replication, ReadOnlySpan<char> remote, ReadOnlySpan<char> error)
        {
            if (_block.Role == SyncRole.Backup)
            {
                _block = _block with { Replication = replication, Remote = Text(remote), Error = Text(error) };
            }
        }

        private void EndBlock()
        {
            if (_database is { } name)
            {
                _databases[name] = _databases.ContainsKey(name) ? DatabaseSyncStatus.Unknown : _block;
            }
            else if (!_hasBlocks)
            {
                // Where databases are listed, one that is not shares the role but is not among those replicated.
                _server =
                    _databases.Count == 0 || _block.Role != SyncRole.Backup ? _block : _block with { Replication = Replication.Unknown };
            }

            _database = null;
            _stated = false;
            _block = DatabaseSyncStatus.Unknown;
        }

        private static string? Text(ReadOnlySpan<char> text) => text.IsEmpty ? null : text.ToString();

        private static bool After(ReadOnlySpan<char> line, string key, out ReadOnlySpan<char> value)
        {
            var found = line.StartsWith(key, StringComparison.Ordinal);
            value = found ? line[key.Length..].Trim() : default;
            return found;
        }
    }
}
