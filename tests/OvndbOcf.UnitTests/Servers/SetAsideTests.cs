using OvndbOcf.Decisions.Copies;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class SetAsideTests : IDisposable
{
    private const string Rows = "OVSDB JSON rows";
    private const string Name = "ovnnb_db.db.aside-ctl-1-p7-20261123T180500123Z";

    private static readonly PromotionMarker Marker = new(7, Guid.NewGuid(), "ctl-2", DateTimeOffset.UnixEpoch, Closed: false);
    private static readonly DatabaseCopy Copy = new(
        true,
        Marker,
        true,
        null,
        new DateTimeOffset(2026, 11, 23, 18, 5, 0, 123, TimeSpan.Zero)
    );

    private readonly ControlFixture _control = new();

    public SetAsideTests() => Database = _control.Folder.Write("ovnnb_db.db", Rows);

    private string Database { get; }

    private string Target => _control.Folder[Name];

    public void Dispose() => _control.Dispose();

    [Fact]
    public void The_file_is_saved_beside_itself_for_root_alone_and_stays_as_it_is()
    {
        File.SetUnixFileMode(Database, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Assert.True(Save().IsDone);
        Assert.Equal(Rows, File.ReadAllText(Target));
        Assert.Equal(Rows, File.ReadAllText(Database));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        Assert.Equal([Database, Target], Files());
        Assert.Contains($"the copy is set aside as {Target}", _control.Messages, StringComparison.Ordinal);
        Assert.Contains(
            $"ovsdb-tool query {Target} '[\"OVN_Northbound\",{{\"op\":\"select\",\"table\":\"NB_Global\",\"where\":[]}}]'",
            _control.Messages,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("ctl-1.example_2", "ctl-1.example_2")]
    [InlineData("../../etc/x", ".._.._etc_x")]
    [InlineData("a b\n*ä", "a_b___")]
    public void A_nodes_name_does_not_lead_out_of_the_directory(string node, string written) =>
        Assert.Equal($"/srv/ovnnb_db.db.aside-{written}-p7-20261123T180500123Z", SetAside.NameFor("/srv/ovnnb_db.db", Copy, node));

    [Fact]
    public void What_is_not_known_of_a_copy_is_not_in_its_name() =>
        Assert.Equal("/srv/ovnnb_db.db.aside-ctl-1-p0-unknown", SetAside.NameFor("/srv/ovnnb_db.db", DatabaseCopy.Unreadable, "ctl-1"));

    [Fact]
    public void The_same_copy_is_not_saved_twice()
    {
        Assert.True(Save().IsDone);
        var saved = File.GetLastWriteTimeUtc(Target);
        var messages = _control.Messages;
        Assert.True(Save().IsDone);
        Assert.Equal((saved, messages), (File.GetLastWriteTimeUtc(Target), _control.Messages));
    }

    [Fact]
    public void A_copy_that_changed_is_another_one()
    {
        Assert.True(Save().IsDone);
        Assert.True(Save(copy: Copy with { LastChange = Copy.LastChange!.Value.AddMilliseconds(1) }).IsDone);
        Assert.Equal([Database, Target, Target.Replace("123Z", "124Z", StringComparison.Ordinal)], Files());
    }

    [Fact]
    public void The_latest_are_kept_and_only_files_of_that_database_are_removed()
    {
        string[] others =
        [
            _control.Folder.Write("ovnsb_db.db.aside-ctl-1-p1-unknown", ""),
            _control.Folder.Write("ovnnb_db.db.backup", ""),
            _control.Folder.Write("ovnnb_db.aside-x", ""),
        ];
        var oldest = Earlier("z-p9-20270101T000000000Z", hours: 3);
        var older = Earlier("a-p1-unknown", hours: 2);
        var latest = Earlier("m-p1-unknown", hours: 1);
        Assert.True(Save(keep: 2).IsDone);
        Assert.Equal(((string[])[Database, latest, Target, .. others]).Order(StringComparer.Ordinal), Files());
        Assert.Contains($"removed {oldest}: set_aside_count is 2", _control.Messages, StringComparison.Ordinal);
        Assert.Contains($"removed {older}: ", _control.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void None_is_kept_on_request_and_that_is_told()
    {
        var earlier = Earlier("a-p1-unknown", hours: 1);
        Assert.True(Save(keep: 0).IsDone);
        Assert.Equal([Database, earlier], Files());
        Assert.Contains(
            "rows that only this copy may have are about to be lost: set_aside_count is 0; set 1 or more to keep them",
            _control.Messages,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_an_interrupted_attempt_left_is_replaced_and_of_others_removed()
    {
        _control.Folder.Write(Name + ".partial", "a part that is longer than all of it");
        Earlier("a-p1-unknown.partial", hours: 0);
        Assert.True(Save().IsDone);
        Assert.Equal(Rows, File.ReadAllText(Target));
        Assert.Equal([Database, Target], Files());
    }

    [Fact]
    public void Without_time_nothing_counts_as_saved()
    {
        var outcome = Save(deadline: Deadline.After(TimeSpan.Zero));
        Assert.Equal(
            $"NB: {Database} may hold rows that no other copy has, and cannot be set aside: 0 of 0 MiB are copied, and the action's time is over; the next monitor continues",
            outcome.Problem
        );
        Assert.False(File.Exists(Target));
        Assert.True(Save().IsDone);
        Assert.Equal([Database, Target], Files());
    }

    [Fact]
    public void What_an_earlier_action_had_no_time_for_is_continued()
    {
        File.WriteAllText(Target + ".partial", "OVSDB J");
        Assert.True(Save().IsDone);
        Assert.Equal(Rows, File.ReadAllText(Target));
        Assert.Equal([Database, Target], Files());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_that_is_of_another_boot_or_longer_than_the_file_is_begun_anew(bool isLonger)
    {
        File.WriteAllText(Target + ".partial", isLonger ? new string('x', Rows.Length + 1) : "xx");
        File.SetLastWriteTimeUtc(
            Target + ".partial",
            isLonger ? DateTime.UtcNow : DateTime.UtcNow - TimeSpan.FromMilliseconds(Environment.TickCount64) - TimeSpan.FromSeconds(1)
        );
        Assert.True(Save().IsDone);
        Assert.Equal(Rows, File.ReadAllText(Target));
    }

    [Fact]
    public void Without_room_it_is_not_begun()
    {
        // A file with a hole needs no room itself.
        using (var file = File.OpenWrite(Database))
        {
            file.SetLength(new DriveInfo(_control.Folder.Path).AvailableFreeSpace);
        }

        var outcome = Save();
        Assert.StartsWith(
            $"NB: {Database} may hold rows that no other copy has, and cannot be set aside: ",
            outcome.Problem,
            StringComparison.Ordinal
        );
        Assert.Matches(@": \d+ MiB are free, \d+ MiB are needed; make room$", outcome.Problem);
        Assert.Equal([Database], Files());
    }

    [Fact]
    public void What_is_not_there_cannot_be_saved()
    {
        File.Delete(Database);
        Assert.StartsWith(
            $"NB: {Database} may hold rows that no other copy has, and cannot be set aside: ",
            Save().Problem,
            StringComparison.Ordinal
        );
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".partial")]
    public void A_planted_link_is_not_written_through(string suffix)
    {
        var elsewhere = _control.Folder.Write("elsewhere", "precious");
        File.CreateSymbolicLink(Target + suffix, elsewhere);
        Save();
        Assert.Equal("precious", File.ReadAllText(elsewhere));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".partial")]
    public void A_planted_link_to_nowhere_makes_no_file_there(string suffix)
    {
        File.CreateSymbolicLink(Target + suffix, _control.Folder["nowhere"]);
        Save();
        Assert.False(File.Exists(_control.Folder["nowhere"]));
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("nowhere")]
    public void A_planted_link_does_not_pass_for_a_saved_file(string name)
    {
        _control.Folder.Write("elsewhere", "precious");
        File.CreateSymbolicLink(Target, _control.Folder[name]);
        var outcome = Save();
        Assert.Equal(outcome.IsDone, new FileInfo(Target).LinkTarget is null);
    }

    [Fact]
    public void What_was_just_saved_is_kept_whatever_the_clock_did()
    {
        Earlier("a-p1-unknown", hours: -1);
        Assert.True(Save(keep: 1).IsDone);
        Assert.Equal(Rows, File.ReadAllText(Target));
    }

    [Fact]
    public void A_link_is_not_removed_with_the_old_ones()
    {
        var elsewhere = _control.Folder.Write("elsewhere", "precious");
        File.CreateSymbolicLink(_control.Folder["ovnnb_db.db.aside-a-p1-unknown"], elsewhere);
        Assert.True(Save(keep: 1).IsDone);
        Assert.Equal("precious", File.ReadAllText(elsewhere));
        Assert.Equal([Database, Target], Files().Where(path => path == Database || path == Target));
    }

    [Theory]
    [InlineData(2, 0, false, 0)] // not even without the oldest
    [InlineData(2, 1, true, 1)]
    [InlineData(3, 1, false, 0)] // nothing has to go behind it
    [InlineData(1, 1, true, 2)]
    [InlineData(2, 100, true, 1)] // room as it is: the oldest goes behind it
    public void Where_room_is_short_what_has_to_go_anyway_goes_first(int keep, int free, bool isSaved, int removed)
    {
        // Two files of 20 MiB are there; one of 12 needs 40 MiB.
        const int MiB = 1 << 20;
        string[] older = [$"{Database}.aside-ctl-1-p5-unknown", $"{Database}.aside-ctl-1-p6-unknown"];
        foreach (var path in older)
        {
            using var file = File.Create(path);
            file.SetLength(20 * MiB);
        }

        File.SetLastWriteTimeUtc(older[0], DateTime.UtcNow.AddHours(-2));
        File.SetLastWriteTimeUtc(older[1], DateTime.UtcNow.AddHours(-1));
        using (var file = File.OpenWrite(Database))
        {
            file.SetLength(12 * MiB);
        }

        var outcome = Save(keep, findFree: _ => (19 + free) * (long)MiB);

        Assert.Equal(isSaved, outcome.IsDone);
        Assert.Equal(isSaved, File.Exists(Target));
        Assert.Equal(older.Skip(removed), older.Where(File.Exists));
    }

    // A file of 12 MiB needs 40, and 10 of them are there.
    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void What_was_copied_already_does_not_count_as_room_that_is_missing(int free, bool isSaved)
    {
        const int MiB = 1 << 20;
        using (var file = File.OpenWrite(Database))
        {
            file.SetLength(12 * MiB);
        }

        using (var file = File.Create(Target + ".partial"))
        {
            file.SetLength(10 * MiB);
        }

        Assert.Equal(isSaved, Save(findFree: _ => free * (long)MiB).IsDone);
        Assert.Equal(isSaved, File.Exists(Target));
    }

    private Outcome Save(int keep = 5, DatabaseCopy? copy = null, Deadline? deadline = null, Func<string, long>? findFree = null) =>
        (findFree is null ? new SetAside(keep, _control.Log) : new SetAside(keep, _control.Log, findFree)).Save(
            _control.Parameters.Northbound,
            Database,
            copy ?? Copy,
            "ctl-1",
            followed: null,
            deadline ?? Deadline.After(TimeSpan.FromSeconds(10))
        );

    private string Earlier(string name, int hours)
    {
        var path = _control.Folder.Write("ovnnb_db.db.aside-" + name, "");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-hours));
        return path;
    }

    private string[] Files() => [.. Directory.GetFiles(_control.Folder.Path).Order(StringComparer.Ordinal)];
}
