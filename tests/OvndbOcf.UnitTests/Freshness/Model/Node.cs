using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.UnitTests.Freshness.Model;

/// <summary>A node with its copies; index 0 is the Northbound database, 1 the Southbound one.</summary>
internal sealed class Node(string name, TimeSpan clockError)
{
    private static readonly string[] Ports = [.. Enumerable.Range(0, 1024).Select(port => $"p{port}")];

    private static int Index(OvnDatabase database) => database == OvnDatabase.Northbound ? 0 : 1;

    public string Name { get; set; } = name;

    public bool IsOnline { get; set; } = true;

    public Entry?[] Copies { get; } = [null, null];

    public DateTimeOffset?[] Changed { get; } = [null, null];

    /// <summary>The ports of its connections to the active servers; null where there is none.</summary>
    public string?[] Links { get; } = [null, null];

    /// <summary>The ports of connections that the active servers' kernel still shows, though this node has none any more: what ended them was lost on the way.</summary>
    public HashSet<string> HalfOpen { get; } = [];

    /// <summary>The files that were set aside.</summary>
    public List<Entry> Saved { get; } = [];

    /// <summary>What it has noted beside each file.</summary>
    public NotedPromotion?[] Notes { get; } = [null, null];

    /// <summary>The number of the latest promotion of its copies that it knows to have been on record.</summary>
    public long Recorded => Notes.Max(note => note?.Recorded ?? 0);

    /// <summary>Whether the latest promotion began without what it holds: it was away, or could not be promoted.</summary>
    public bool WasUnseen { get; set; }

    /// <summary>Whether it followed by a record that the agents had not made: its notes say what that said.</summary>
    public bool FollowedForged { get; set; }

    /// <summary>The promotion that it was told to follow: its servers connect again by themselves.</summary>
    public Guid? Follows { get; set; }

    /// <summary>Since when it lacks a connection; null if it does not.</summary>
    public DateTimeOffset? CutSince { get; set; }

    public DateTimeOffset? GaveWay { get; set; }

    /// <summary>Whether Pacemaker keeps instances off it after failures.</summary>
    public bool IsBanned { get; set; }

    /// <summary>Whether its disk has room for a promotion.</summary>
    public bool IsAble { get; set; } = true;

    /// <summary>The boot of its machine.</summary>
    public Guid Boot { get; set; } = Guid.NewGuid();

    /// <summary>What its last monitor said: the score, and what it published.</summary>
    public int? Score { get; set; }

    public PublishedLink Published { get; set; } = new(null, null);

    /// <summary>Whether it has been connected from the first moment of the latest promotion to its end.</summary>
    public bool WasNeverCut { get; set; }

    /// <summary>What the active servers had when their monitor last knew that this node was not connected.</summary>
    public Entry?[] Horizon { get; } = [null, null];

    public bool IsLinked => Links[0] is not null && Links[1] is not null;

    public CopyPair Pair => new(Seen(0), Seen(1));

    /// <summary>What its monitor would publish now.</summary>
    public PublishedLink Publishable
    {
        get
        {
            var promotion = Copies[0]?.Marker?.Id;
            return new PublishedLink(
                promotion == Copies[1]?.Marker?.Id ? promotion : null,
                IsLinked ? new LinkEnds(Links[0]!, Links[1]!) : null
            );
        }
    }

    public DatabaseCopy Copy(OvnDatabase database) => Seen(Index(database));

    /// <summary>Puts something into a file.</summary>
    public void Store(int database, Entry? copy, DateTimeOffset now)
    {
        Copies[database] = copy;
        Changed[database] = now + clockError;
    }

    /// <summary>Something writes to a file, and nothing in the data changes.</summary>
    public void Touch(int database, DateTimeOffset now) => Changed[database] = now + clockError;

    public void Connect(int database, int connection) => Links[database] = Ports[connection % Ports.Length];

    public void Disconnect(DateTimeOffset now)
    {
        Links[0] = Links[1] = null;
        CutSince ??= now;
    }

    private DatabaseCopy Seen(int database) =>
        new(true, Copies[database]?.Marker, Copies[database] is not null, null, Changed[database])
        {
            Holder = Notes[database]?.Holder,
            LeftBehind = Notes[database]?.LeftBehind,
        };
}
