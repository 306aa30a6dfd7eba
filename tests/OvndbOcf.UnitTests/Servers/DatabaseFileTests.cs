using OvndbOcf.Servers.Control;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

[Collection(OneAtATime.Name)]
public sealed class DatabaseFileTests : IDisposable
{
    private readonly ControlFixture _control = new();

    public void Dispose() => _control.Dispose();

    [Fact(Timeout = 20000)]
    public async Task A_running_server_says_where_its_file_is()
    {
        using var server = await FakeDaemon.StartAsync(
            _control.Folder,
            "ovsdb-server",
            [
                "ovnnb_db.db",
                "--log-file=/ovnnb_db.db",
                "/srv/ovnsb_db.db",
                ControlFixture.ArgumentOf(_control.Northbound),
                "/srv/nb/ovnnb_db.db",
                "/later/ovnnb_db.db",
            ]
        );
        Assert.Equal("/srv/nb/ovnnb_db.db", DatabaseFile.Find(_control.Parameters, _control.Parameters.Northbound));
        Assert.Equal(_control.Folder["ovn/ovnsb_db.db"], DatabaseFile.Find(_control.Parameters, _control.Parameters.Southbound));
    }

    [Fact(Timeout = 20000)]
    public async Task One_that_does_not_say_has_it_where_it_usually_is()
    {
        using var server = await _control.StartServerAsync(_control.Northbound);
        Assert.Equal(_control.Folder["ovn/ovnnb_db.db"], DatabaseFile.Find(_control.Parameters, _control.Parameters.Northbound));
    }

    [Fact]
    public void Otherwise_it_is_in_the_directory_of_the_parameters()
    {
        var parameters = Configured.Parameters(("ovn_rundir", _control.Folder.Path), ("ovn_dbdir", "/srv/ovn"));
        Assert.Equal("/srv/ovn/ovnnb_db.db", DatabaseFile.Find(parameters, parameters.Northbound));
        Assert.Equal("/srv/ovn/ovnsb_db.db", DatabaseFile.Find(parameters, parameters.Southbound));
    }

    [Theory]
    [InlineData(null, null, "/var/lib/ovn")]
    [InlineData("/srv/etc/", null, "/srv/etc/ovn")]
    [InlineData("/srv/etc", "/srv//db/", "/srv/db")]
    [InlineData(null, "/srv/db", "/srv/db")]
    public void It_is_where_ovn_ctl_keeps_it(string? configuration, string? database, string directory)
    {
        var parameters = Configured.Parameters([
            ("ovn_rundir", _control.Folder.Path),
            .. configuration is null ? [] : new[] { ("ovn_sysconfdir", configuration) },
            .. database is null ? [] : new[] { ("ovn_dbdir", database) },
        ]);
        Assert.Equal($"{directory}/ovnnb_db.db", DatabaseFile.Find(parameters, parameters.Northbound));
    }

    [Fact]
    public void Its_last_change_is_told_to_the_millisecond()
    {
        var path = _control.Folder.Write("ovnnb_db.db", "");
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 11, 23, 18, 5, 0, 123, 456, DateTimeKind.Utc));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 18, 5, 0, 123, TimeSpan.Zero), DatabaseFile.LastChange(path));
    }

    [Fact]
    public void Its_length_grows_with_it()
    {
        var path = _control.Folder.Write("ovnnb_db.db", "");
        Assert.Equal(0, DatabaseFile.Length(path));
        File.AppendAllText(path, "more");
        Assert.Equal(4, DatabaseFile.Length(path));
    }

    [Fact]
    public void A_link_is_what_it_leads_to()
    {
        var path = _control.Folder.Write("there", "text");
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 11, 23, 18, 5, 0, DateTimeKind.Utc));
        File.CreateSymbolicLink(_control.Folder["ovnnb_db.db"], path);
        Assert.Equal(4, DatabaseFile.Length(_control.Folder["ovnnb_db.db"]));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 18, 5, 0, TimeSpan.Zero), DatabaseFile.LastChange(_control.Folder["ovnnb_db.db"]));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("directory")]
    [InlineData("file/below")]
    public void Of_what_is_no_file_nothing_is_known(string name)
    {
        Directory.CreateDirectory(_control.Folder["directory"]);
        _control.Folder.Write("file", "");
        Assert.Null(DatabaseFile.LastChange(_control.Folder[name]));
        Assert.Null(DatabaseFile.Length(_control.Folder[name]));
    }
}
