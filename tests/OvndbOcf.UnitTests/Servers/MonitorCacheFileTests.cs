using System.Net;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class MonitorCacheFileTests : IDisposable
{
    private static readonly MonitorCacheEntry State = new(
        "Promoted everything",
        "Active - Active - Running",
        [
            new(IPEndPoint.Parse("10.0.0.2:6641"), IPEndPoint.Parse("10.0.0.3:1"), true),
            new(IPEndPoint.Parse("[fd00::2]:6642"), IPEndPoint.Parse("[fd00::3]:2"), false),
        ],
        "/db|1 2|/db|3 4|7 x|-",
        "10.0.0.9:6641=4711 [fd00::2]:6641=-",
        "1:2:0A /dev/shm/a\n3:4:0B /dev/shm/b"
    );

    private readonly TempFolder _folder = new();

    private MonitorCacheFile Note => new(new StateFile(_folder.Path, "ovndb", "steady"));

    private string FilePath => _folder["ovndb-servers-ovndb.steady"];

    private static MonitorCacheEntry[] States =>
        [
            State,
            State with
            {
                Activity = null,
            },
            State with
            {
                Markers = null,
            },
            State with
            {
                Listeners = "",
            },
            State with
            {
                Connections = [],
            },
            State with
            {
                Connections = [],
                Activity = null,
            },
        ];

    public static TheoryData<int> Places => [.. Enumerable.Range(0, States.Length)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Places))]
    public void What_was_noted_is_read(int place)
    {
        var state = States[place];
        Note.Write(state);
        IsSame(state, Note.Read());
    }

    [Fact]
    public void Where_it_was_cut_off_nothing_is_read()
    {
        var text = MonitorCacheFile.Format(State, 4711);
        Assert.All(Enumerable.Range(0, text.Length), length => Assert.Null(MonitorCacheFile.Parse(text[..length]).State));
        IsSame(State, MonitorCacheFile.Parse(text).State);
        Assert.Equal(4711, MonitorCacheFile.Parse(text).Time);
    }

    [Fact]
    public void Without_activity_what_was_cut_off_is_not_read_at_any_length()
    {
        var text = MonitorCacheFile.Format(State with { Activity = null }, 4711);
        Assert.All(Enumerable.Range(0, text.Length), length => Assert.Null(MonitorCacheFile.Parse(text[..length]).State));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\n\n\n\n\n")]
    [InlineData("soon\na\nb\n\n-\n\n-\nend\n")]
    [InlineData("-1\na\nb\n\n-\n\n-\nend\n")]
    [InlineData("1\na\nb\n\n-\n-\nend\n")]
    [InlineData("99999999999999999999\na\nb\n\n-\n\n-\nend\n")]
    [InlineData("1\na\nb\nno-connection\n-\n\n-\nend\n")]
    [InlineData("1\na\nb\n10.0.0.2:1>10.0.0.3:1=1 x\n-\n\n-\nend\n")]
    public void Anything_else_is_no_note(string text)
    {
        Assert.Null(MonitorCacheFile.Parse(text).State);
        _folder.Write("ovndb-servers-ovndb.steady", text);
        Assert.Null(Note.Read());
    }

    [Fact]
    public void One_from_a_time_that_no_clock_shows_does_not_count()
    {
        File.WriteAllText(FilePath, MonitorCacheFile.Format(State, long.MaxValue));
        Assert.Null(Note.Read());
    }

    [Theory]
    [InlineData(25_000, true)]
    [InlineData(55_000, false)]
    [InlineData(3_600_000, false)]
    [InlineData(-3_600_000, false)]
    public void An_old_one_does_not_count_and_neither_does_one_of_another_boot(int age, bool counts)
    {
        File.WriteAllText(FilePath, MonitorCacheFile.Format(State, Environment.TickCount64 - age));
        Assert.Equal(counts, Note.Read() is not null);
    }

    [Fact]
    public void What_is_forgotten_is_gone()
    {
        Note.Forget();
        Note.Write(State);
        Note.Forget();
        Assert.Null(Note.Read());
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Where_nothing_can_be_noted_nothing_is_read_and_nobody_is_held_up()
    {
        Directory.CreateDirectory(FilePath);
        foreach (var note in (MonitorCacheFile[])[Note, new(new StateFile(_folder["missing"], "ovndb", "steady"))])
        {
            note.Write(State);
            Assert.Null(note.Read());
            note.Forget();
        }
    }

    [Fact]
    public void Each_resource_has_its_own_in_the_directory()
    {
        new MonitorCacheFile(new StateFile(_folder.Path, "../x", "steady")).Write(State);
        Assert.Null(Note.Read());
        Assert.Equal([_folder["ovndb-servers-.._x.steady"]], Directory.GetFiles(_folder.Path));
    }

    private static void IsSame(MonitorCacheEntry expected, MonitorCacheEntry? read)
    {
        Assert.NotNull(read);
        Assert.Equal(
            (expected.Subject, expected.Servers, expected.Markers, expected.Listeners, expected.Activity),
            (read.Subject, read.Servers, read.Markers, read.Listeners, read.Activity)
        );
        Assert.Equal(expected.Connections, read.Connections);
    }
}
