using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OvndbOcf.Ctl;
using OvndbOcf.Ctl.Support;
using OvndbOcf.Ctl.Views;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What an archive for somebody elsewhere has, and that no planted secret is in it.</summary>
public sealed class SupportTests
{
    private const string Key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEAplantedkey\n-----END RSA PRIVATE KEY-----";

    private const string Cib = """
        <cib><configuration>
          <crm_config><cluster_property_set id="s"><nvpair id="s-1" name="cluster-name" value="ovn"/></cluster_property_set></crm_config>
          <resources>
            <primitive id="fence" class="stonith" type="fence_ipmilan">
              <instance_attributes id="f">
                <nvpair id="f-1" name="passwd" value="planted-ipmi"/>
                <nvpair id="f-2" name="login" value="planted-login"/>
                <nvpair id="f-3" name="ipaddr" value="10.1.1.1"/>
                <nvpair id="f-4" name="pcmk_host_list" value="node1"/>
              </instance_attributes>
              <operations><op id="f-m" name="monitor" interval="60s"/></operations>
            </primitive>
            <primitive id="db" class="ocf" provider="heartbeat" type="mysql">
              <instance_attributes id="d"><nvpair id="d-1" name="replication_passwd" value="planted-mysql"/><nvpair id="d-2" name="user" value="root"/></instance_attributes>
            </primitive>
            <primitive id="ovndb" class="ocf" provider="ovn" type="ovndb-servers">
              <instance_attributes id="o"><nvpair id="o-1" name="master_ip" value="10.0.0.9"/></instance_attributes>
            </primitive>
          </resources>
          <secret owner="planted-owner">planted-text</secret>
          <acls api_key="planted-api"/>
        </configuration></cib>
        """;

    internal static readonly SupportManifest Manifest = new()
    {
        Time = new DateTimeOffset(2026, 11, 27, 7, 5, 0, TimeSpan.Zero),
        Node = "node1",
        Resource = "ovndb",
        Version = "0.1.0",
        Files = [],
        Missing = [],
        OtherNodes = ["node2", "node3"],
        SecretsRemoved = 0,
    };

    [Fact]
    public void No_planted_secret_is_left()
    {
        var files = SupportContent.Build(
            Manifest,
            [
                new SupportEntry(
                    "logs/pacemaker.log",
                    $"""
                    fence_ipmilan -a 10.1.1.1 -p planted-ipmi on node1
                    + <nvpair id="f-1" name="passwd" value="planted-former"/>
                    option password=planted-option, secret: "planted-quoted"
                    "auth_token": "planted-token"
                    {Key}
                    cut off: -----BEGIN PRIVATE KEY-----
                    plantedend
                    """
                ),
                new SupportEntry("cluster/crm_mon.txt", "db (mysql): replication with planted-mysql"),
                new SupportEntry("cluster/cib.xml", Cib),
                new SupportEntry("cluster/crm_mon.xml", "not XML: planted-unreadable"),
                new SupportEntry("logs/journal.txt", null, "journalctl: planted-mysql is no file"),
            ]
        );
        var all = string.Concat(files.Select(file => Encoding.UTF8.GetString(file.Content)));
        Assert.DoesNotContain("planted", all, StringComparison.Ordinal);

        // What is no secret stays.
        var cib = Encoding.UTF8.GetString(files.Single(file => file.Name == "cluster/cib.xml").Content);
        Assert.All(
            (string[])["value=\"ovn\"", "value=\"10.0.0.9\"", "value=\"node1\"", "value=\"root\"", "interval=\"60s\"", "name=\"passwd\""],
            text => Assert.Contains(text, cib, StringComparison.Ordinal)
        );
        Assert.Contains("fence_ipmilan -a 10.1.1.1 -p [removed] on node1", all, StringComparison.Ordinal);
        Assert.DoesNotContain("10.1.1.1", cib, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_tells_what_is_there_and_what_is_not()
    {
        var files = SupportContent.Build(
            Manifest,
            [new SupportEntry("a.txt", "abc"), new SupportEntry("b.txt", null, "no such file"), new SupportEntry("c.xml", "no XML")]
        );
        Assert.Equal(["manifest.json", "a.txt"], files.Select(file => file.Name));
        Assert.Equal(
            """
            {
              "format": 1,
              "time": "2026-11-27T07:05:00+00:00",
              "node": "node1",
              "resource": "ovndb",
              "version": "0.1.0",
              "files": [
                {
                  "name": "a.txt",
                  "bytes": 3
                }
              ],
              "missing": [
                {
                  "name": "b.txt",
                  "reason": "no such file"
                },
                {
                  "name": "c.xml",
                  "reason": "what was found cannot be read, and may have secrets"
                }
              ],
              "otherNodes": [
                "node2",
                "node3"
              ],
              "secretsRemoved": 0
            }

            """,
            Encoding.UTF8.GetString(files[0].Content)
        );
        using var document = JsonDocument.Parse(files[0].Content);
        var page = File.ReadAllText(Path.Combine(Product.Root(), "docs", "ovndbctl.md"));
        Assert.All(
            CtlPageTests.NamesIn(document.RootElement),
            name =>
                Assert.True(
                    page.Contains($"`{name}`", StringComparison.Ordinal) || page.Contains($"`{name}[]`", StringComparison.Ordinal),
                    name
                )
        );
    }

    [Theory]
    [InlineData("totem {\n    token: 3000\n    token_retransmits_before_loss_const: 10\n}", null)]
    [InlineData("token: a3000", "token: [removed]")]
    [InlineData("auth_token: 3000", "auth_token: [removed]")]
    [InlineData("x token: 3000 y", "x token: [removed] y")]
    [InlineData("--password=a b", "--password=[removed] b")]
    [InlineData("the password was wrong", null)]
    [InlineData("-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----", null)]
    public void What_follows_the_name_of_a_secret_goes_and_nothing_else(string text, string? clean) =>
        Assert.Equal(clean ?? text, new Redaction().Text(text));

    [Theory]
    [InlineData("passwd", true)]
    [InlineData("Password", true)]
    [InlineData("snmp_priv_passwd", true)]
    [InlineData("community", true)]
    [InlineData("ssl_private_key", true)]
    [InlineData("master_ip", false)]
    [InlineData("user", false)]
    [InlineData("keepalive", false)]
    public void Names_of_secrets(string name, bool isSecret) => Assert.Equal(isSecret, Redaction.IsSecret(name));

    [Fact]
    public void An_archive_is_for_its_owner_and_never_over_another_file()
    {
        var directory = Directory.CreateTempSubdirectory("ovndbctl-support").FullName;
        try
        {
            var path = Path.Combine(directory, "a.tar.gz");
            SupportArchive.Write(path, "ovndb-support-node1", [("manifest.json", [1, 2, 3]), ("logs/a.txt", [])], Manifest.Time);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal([path], Directory.GetFileSystemEntries(directory));
            using var tar = new TarReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            var names = new List<string>();
            while (tar.GetNextEntry() is { } entry)
            {
                names.Add(entry.Name);
            }

            Assert.Equal(["ovndb-support-node1/manifest.json", "ovndb-support-node1/logs/a.txt"], names);
            Assert.Equal(ExitStatus.Refused, Assert.Throws<CtlException>(() => SupportArchive.Write(path, "x", [], Manifest.Time)).Status);
            Assert.Equal(
                ExitStatus.Refused,
                Assert.Throws<CtlException>(() => SupportArchive.Write("/nowhere/a.tar.gz", "x", [], Manifest.Time)).Status
            );
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Of_a_long_log_the_end_is_taken_from_a_whole_line_on()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, new string('x', 2 << 20) + "\nlast line\n");
            var entry = SupportGatherer.Tail("a.log", path);
            Assert.Equal(("last line\n", "without the first 11 bytes"), (entry.Text, entry.Problem));
            Assert.Null(SupportGatherer.Tail("a.log", "/nowhere/a.log").Text);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
