using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Ctl.Checks.Gathering;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker.Configuration;
using OvndbOcf.Servers;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Checks;

/// <summary>What is read from texts of others.</summary>
public sealed class ReaderTests
{
    [Theory]
    [InlineData("10", 10_000)]
    [InlineData("10s", 10_000)]
    [InlineData("500ms", 500)]
    [InlineData("2min", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("PT10S", 10_000)]
    [InlineData("0", 0)]
    public void Times_are_read(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Duration.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("10 days")]
    [InlineData("P")]
    [InlineData("99999999999s")]
    [InlineData("-1s")]
    public void Other_times_are_not(string text) => Assert.Null(Duration.TryParse(text));

    [Fact]
    public void Corosync_says_who_is_there_and_what_makes_a_quorum()
    {
        var facts = CorosyncReader.Parse(
            """
            # a comment: with { braces
            totem {
                version: 2
                interface {
                    linknumber: 0
                }
            }
            nodelist {
                node {
                    name: node1
                    ring0_addr: 10.0.0.1
                    ring1_addr: 10.1.0.1
                }
                node {
                    ring0_addr: node2.example
                    name: node2
                }
            }
            quorum {
                two_node: 1
            }
            """
        );

        Assert.NotNull(facts);
        Assert.Equal([new CorosyncNode("node1", Example.Own), new CorosyncNode("node2", null)], facts.Nodes);
        Assert.Equal((true, true, false), (facts.IsTwoNode, facts.WaitsForAll, facts.HasDevice));
    }

    [Theory]
    [InlineData("quorum {\ntwo_node: 1\nwait_for_all: 0\n}", true, false, false)]
    [InlineData("quorum {\nwait_for_all: 1\ndevice {\nmodel: net\n}\n}", false, true, true)]
    [InlineData("", false, false, false)]
    public void Corosync_says_what_makes_a_quorum(string text, bool isTwoNode, bool waits, bool hasDevice)
    {
        var facts = CorosyncReader.Parse(text);
        Assert.Equal((isTwoNode, waits, hasDevice), (facts?.IsTwoNode, facts?.WaitsForAll, facts?.HasDevice));
    }

    [Theory]
    [InlineData("quorum {")]
    [InlineData("}")]
    public void A_file_whose_braces_do_not_match_says_nothing(string text) => Assert.Null(CorosyncReader.Parse(text));

    [Fact]
    public void A_certificate_tells_its_names_and_its_key()
    {
        using var rsa = RSA.Create(2048);
        using var other = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ofRsa = Read(new CertificateRequest("CN=db", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var ofCurve = Read(new CertificateRequest("CN=db", curve, HashAlgorithmName.SHA256));

        Assert.Equal(["db.example", "10.0.0.9", "2001:db8::9"], ofRsa.Names);
        Assert.NotNull(ofRsa.PublicKey);
        Assert.Equal(ofRsa.PublicKey, PemReader.ReadPrivateKey(rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Equal(ofRsa.PublicKey, PemReader.ReadPrivateKey(rsa.ExportRSAPrivateKeyPem()));
        Assert.NotEqual(ofRsa.PublicKey, PemReader.ReadPrivateKey(other.ExportPkcs8PrivateKeyPem()));
        Assert.NotNull(ofCurve.PublicKey);
        Assert.Equal(ofCurve.PublicKey, PemReader.ReadPrivateKey(curve.ExportECPrivateKeyPem()));
        Assert.Equal(ofCurve.PublicKey, PemReader.ReadPrivateKey("before\n" + curve.ExportPkcs8PrivateKeyPem()));
        Assert.NotEqual(ofRsa.PublicKey, ofCurve.PublicKey);

        static CertificateFacts Read(CertificateRequest request)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("db.example");
            names.AddIpAddress(IPAddress.Parse("10.0.0.9"));
            names.AddIpAddress(IPAddress.Parse("2001:db8::9"));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
            request.CertificateExtensions.Add(names.Build(critical: true));
            using var certificate = request.CreateSelfSigned(Example.Now, Example.Now.AddDays(3));
            var facts = PemReader.ReadCertificate("cert.pem", certificate.ExportCertificatePem());
            Assert.NotNull(facts);
            Assert.Equal(Example.Now.AddDays(3), facts.Ends);
            return facts;
        }
    }

    [Fact]
    public void A_certificate_names_its_authority_as_that_names_itself()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = Authority("CN=authority", key);
        using var other = Authority("CN=other", key);
        using var issued = new CertificateRequest("CN=ovnnb", key, HashAlgorithmName.SHA256).Create(
            authority,
            Example.Now,
            Example.Now.AddDays(1),
            [1]
        );
        var trusted = PemReader.ReadAuthorities(
            "cacert.pem",
            other.ExportCertificatePem() + "\n" + authority.ExportCertificatePem() + "\n"
        );
        var issuer = Assert.Single(PemReader.ReadCertificate("cert.pem", issued.ExportCertificatePem())!.Authorities!);
        Assert.Equal(2, trusted!.Authorities!.Count);
        Assert.Equal(issuer, trusted.Authorities[1]);
        Assert.NotEqual(issuer, trusted.Authorities[0]);

        static X509Certificate2 Authority(string name, ECDsa key)
        {
            var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
            return request.CreateSelfSigned(Example.Now, Example.Now.AddDays(2));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----")]
    public void What_is_damaged_or_encrypted_is_not_known(string pem)
    {
        Assert.Null(PemReader.ReadPrivateKey(pem));
        Assert.Null(PemReader.ReadCertificate("cert.pem", pem)?.PublicKey);
    }

    [Fact]
    public void The_agent_is_known_by_its_own_description()
    {
        var own = AgentDescription.Definition.ToXml();

        Assert.Equal(InstalledAgent.This, AgentFile.Identify(own));
        Assert.Equal(InstalledAgent.OtherVersion, AgentFile.Identify((AgentDescription.Definition with { Version = "99.0" }).ToXml()));
        Assert.Equal(InstalledAgent.Other, AgentFile.Identify(own.Replace("outdated_copies", "other", StringComparison.Ordinal)));
        Assert.Equal(InstalledAgent.Other, AgentFile.Identify("usage: start|stop"));
    }

    [Fact]
    public async Task A_file_in_the_agents_place_is_looked_at()
    {
        using var folder = new TempFolder();
        var path = folder["agent"];
        Assert.Equal(InstalledAgent.Missing, (await AgentFile.LookAsync(path)).Value);

        File.CreateSymbolicLink(path, folder["nothing"]);
        Assert.Equal(InstalledAgent.DanglingLink, (await AgentFile.LookAsync(path)).Value);

        File.Delete(path);
        folder.Script("agent", "echo '<resource-agent name=\"ovndb-servers\"/>'");
        Assert.Equal(InstalledAgent.Other, (await AgentFile.LookAsync(path)).Value);
    }

    [Fact]
    public void Services_count_where_systemd_runs_and_a_target_wants_them()
    {
        using var folder = new TempFolder();
        var wants = folder["etc/systemd/system/multi-user.target.wants"];
        var ofCentral = folder["etc/systemd/system/ovn-central.service.wants"];
        Directory.CreateDirectory(wants);
        Directory.CreateDirectory(ofCentral);
        File.CreateSymbolicLink(Path.Combine(wants, "ovn-central.service"), "/usr/lib/systemd/system/ovn-central.service");
        File.CreateSymbolicLink(Path.Combine(ofCentral, "ovn-northd.service"), "/usr/lib/systemd/system/ovn-northd.service");
        Assert.Empty(DistributionServices.Find(folder.Path).Value);

        Directory.CreateDirectory(folder["run/systemd/system"]);
        Assert.Equal(["ovn-central.service"], DistributionServices.Find(folder.Path).Value);

        File.CreateSymbolicLink(folder["etc/systemd/system/ovn-central.service"], "/dev/null");
        Assert.Empty(DistributionServices.Find(folder.Path).Value);
    }

    [Fact]
    public async Task A_port_is_open_or_closed()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var end = (IPEndPoint)listener.LocalEndpoint;
        Assert.Equal(Reach.Connected, await TcpReach.TryAsync(end, TimeSpan.FromSeconds(5)));

        // Bound, so that no other test gets the port, and listening to nobody.
        using var taken = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.InterNetwork,
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Tcp
        );
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.Equal(Reach.Refused, await TcpReach.TryAsync((IPEndPoint)taken.LocalEndPoint!, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Where_Pacemaker_does_not_answer_the_configuration_on_disk_counts()
    {
        var failed = new CommandResult(
            "cibadmin --query",
            CommandEnd.Exited,
            102,
            "",
            "Could not connect to the CIB API: Transport endpoint is not connected"
        );
        var disk = ClusterSource.From(failed, failed, () => Recorded.Cib("trixie"));
        Assert.True(disk.Configuration.IsKnown);
        Assert.Equal((false, false), (disk.IsLive, disk.State.IsKnown));

        var nothing = ClusterSource.From(failed, failed, () => null);
        Assert.False(nothing.Configuration.IsKnown);
        Assert.Contains("Transport endpoint is not connected", nothing.Configuration.WhyUnknown, StringComparison.Ordinal);
    }
}
