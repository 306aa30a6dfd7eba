using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OvndbOcf.Servers.Parameters;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class CertificateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-12-01T10:20:30Z")]
    [InlineData("2049-12-31T23:59:59Z")]
    [InlineData("2050-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void The_end_of_a_certificate_is_read(string end) =>
        Assert.Equal([Time(end)], CertificateDates.ExpiriesIn("text before\n" + Pem(Time(end)) + "\ntext behind"));

    [Fact]
    public void All_of_a_bundle_are_read_in_their_order_and_keys_are_none()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (first, second) = (Now.AddDays(3), Now.AddDays(2));
        Assert.Equal([first, second], CertificateDates.ExpiriesIn(Pem(first) + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n" + Pem(second)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE----------END CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIT/////\n-----END CERTIFICATE-----")]
    public void What_is_not_a_certificate_is_left_out(string text) => Assert.Empty(CertificateDates.ExpiriesIn(text));

    [Fact]
    public void A_certificate_cut_anywhere_is_read_or_left_out()
    {
        var der = Der(Now);
        for (var length = 0; length < der.Length; length++)
        {
            Assert.Null(CertificateDates.ExpiryOf(der.AsSpan(0, length)));
        }

        Assert.Equal(Now, CertificateDates.ExpiryOf(der));
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(30, "NB certificate /nb expires on 2026-12-26 12:00 UTC: renew it on this node")]
    [InlineData(0, "NB certificate /nb expired on 2026-11-26 12:00 UTC: renew it on this node")]
    [InlineData(-400, "NB certificate /nb expired on 2025-10-22 12:00 UTC: renew it on this node")]
    public void Its_end_is_told_from_thirty_days_before(int days, string? warning) =>
        Assert.Equal(warning is null ? [] : [warning], Check(path => Pem(path == "/nb" ? Now.AddDays(days) : Now.AddDays(100))));

    [Fact]
    public void Of_a_chain_the_first_counts_and_of_authorities_the_last_to_end()
    {
        Assert.Empty(
            Check(path =>
                path == "/nb" ? Pem(Now.AddDays(100)) + "\n" + Pem(Now.AddDays(1)) : Pem(Now.AddDays(1)) + "\n" + Pem(Now.AddDays(100))
            )
        );
        Assert.Equal(
            ["NB CA certificate /ca expires on 2026-11-28 12:00 UTC: renew it on this node"],
            Check(path => path == "/nb" ? Pem(Now.AddDays(100)) : Pem(Now.AddDays(1)) + "\n" + Pem(Now.AddDays(2)))
        );
    }

    [Fact]
    public void What_is_missing_or_unused_is_not_spoken_of()
    {
        Assert.Empty(Check(_ => null));
        Assert.Empty(Check(_ => "nothing"));
        Assert.Empty(CertificateRules.Check(Configured.Parameters(), _ => Pem(Now), Now));
    }

    private static IReadOnlyList<string> Check(Func<string, string?> read) =>
        CertificateRules.Check(
            Configured.Parameters(("nb_master_protocol", "ssl"), ("ovn_nb_db_cert", "/nb"), ("ovn_nb_db_cacert", "/ca")),
            read,
            Now
        );

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Pem(DateTimeOffset end) => PemEncoding.WriteString("CERTIFICATE", Der(end));

    private static byte[] Der(DateTimeOffset end)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            "CN=ovnnb, O=A company whose name is long enough for more than one byte of length, OU=and another one that is as long as that",
            key,
            HashAlgorithmName.SHA256
        );
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), end);
        return certificate.RawData;
    }
}
