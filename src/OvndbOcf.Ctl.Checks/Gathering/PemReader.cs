using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>
/// Reads what rules look at from certificates (RFC 5280) and private keys (RFC 8017, 5915, 5958) in PEM (RFC 7468). Pure, and without OpenSSL. What is not understood is not known: keys of other kinds than
/// RSA and elliptic curves, and encrypted ones.
/// </summary>
internal static class PemReader
{
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string EllipticCurve = "1.2.840.10045.2.1";
    private const string AlternativeNames = "2.5.29.17";

    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag EcPublicKey = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 3, isConstructed: true);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag IpAddress = new(TagClass.ContextSpecific, 7);

    /// <summary>What the first certificate in a text says; null if there is none.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="pem">Its text.</param>
    public static CertificateFacts? ReadCertificate(string path, string pem)
    {
        var ends = CertificateDates.ExpiriesIn(pem);
        if (Find(pem, label => label == "CERTIFICATE") is not var (_, der))
        {
            return null;
        }

        var (key, names) = Guard<(string?, IReadOnlyList<string>?)>(() => ReadContent(der));
        return new CertificateFacts(path, ends.Count > 0 ? ends[0] : null, key, names)
        {
            Authorities = Guard(() => ReadDistinguishedNames(pem, name => name.Issuer)),
        };
    }

    /// <summary>The certificate of an authority that is valid for longest: others in the file may be on their way out. Null if there is none.</summary>
    public static CertificateFacts? ReadAuthorities(string path, string pem) =>
        CertificateDates.ExpiriesIn(pem) is { Count: > 0 } ends
            ? new CertificateFacts(path, ends.Max(), null, null)
            {
                Authorities = Guard(() => ReadDistinguishedNames(pem, name => name.Subject)),
            }
            : null;

    /// <summary>What a private key and its certificate have in common: an RSA modulus, or a point on a curve. Null if that is not known.</summary>
    public static string? ReadPrivateKey(string pem) =>
        Find(pem, label => label is "PRIVATE KEY" or "RSA PRIVATE KEY" or "EC PRIVATE KEY") is var (label, der)
            ? Guard(() =>
                label switch
                {
                    "RSA PRIVATE KEY" => ReadRsa(der),
                    "EC PRIVATE KEY" => ReadCurve(der),
                    _ => ReadWrapped(der),
                }
            )
            : null;

    private static (string Label, byte[] Der)? Find(string pem, Func<string, bool> isWanted) =>
        FindAll(pem, isWanted) is [var first, ..] ? first : null;

    private static List<(string Label, byte[] Der)> FindAll(string pem, Func<string, bool> isWanted)
    {
        List<(string Label, byte[] Der)> found = [];
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label].ToString();
            if (isWanted(label))
            {
                found.Add((label, Convert.FromBase64String(rest[fields.Base64Data].ToString())));
            }

            rest = rest[fields.Location.End..];
        }

        return found;
    }

    // As they are encoded: an authority copies its own name into what it issues (RFC 5280, section 4.1.2.4).
    private static List<string> ReadDistinguishedNames(string pem, Func<(string Issuer, string Subject), string> choose)
    {
        List<string> names = [];
        foreach (var (_, der) in FindAll(pem, label => label == "CERTIFICATE"))
        {
            var body = ReadBody(der);

            // serialNumber, signature
            body.ReadEncodedValue();
            body.ReadEncodedValue();
            var issuer = Convert.ToHexString(body.ReadEncodedValue().Span);

            // validity
            body.ReadEncodedValue();
            names.Add(choose((issuer, Convert.ToHexString(body.ReadEncodedValue().Span))));
        }

        return names;
    }

    /// <summary>What is signed in a certificate, from the serial number on.</summary>
    private static AsnReader ReadBody(byte[] der)
    {
        var body = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        if (body.PeekTag().HasSameClassAndValue(Version))
        {
            body.ReadEncodedValue();
        }

        return body;
    }

    private static T? Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AsnContentException)
        {
            return default;
        }
    }

    private static (string? PublicKey, IReadOnlyList<string>? Names) ReadContent(byte[] der)
    {
        var body = ReadBody(der);

        // serialNumber, signature, issuer, validity, subject
        for (var i = 0; i < 5; i++)
        {
            body.ReadEncodedValue();
        }

        var information = body.ReadSequence();
        var algorithm = information.ReadSequence().ReadObjectIdentifier();
        var bits = information.ReadBitString(out _);
        var key = algorithm switch
        {
            Rsa => Convert.ToHexString(new AsnReader(bits, AsnEncodingRules.DER).ReadSequence().ReadIntegerBytes().Span),
            EllipticCurve => Convert.ToHexString(bits),
            _ => null,
        };
        while (body.HasData)
        {
            if (body.PeekTag().HasSameClassAndValue(Extensions))
            {
                return (key, ReadNames(body.ReadSequence(Extensions).ReadSequence()));
            }

            body.ReadEncodedValue();
        }

        return (key, []);
    }

    private static List<string> ReadNames(AsnReader extensions)
    {
        List<string> names = [];
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            if (extension.ReadObjectIdentifier() != AlternativeNames)
            {
                continue;
            }

            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean))
            {
                extension.ReadBoolean();
            }

            var all = new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
            while (all.HasData)
            {
                var tag = all.PeekTag();
                if (tag.HasSameClassAndValue(DnsName))
                {
                    names.Add(all.ReadCharacterString(UniversalTagNumber.IA5String, DnsName));
                }
                else if (tag.HasSameClassAndValue(IpAddress))
                {
                    var bytes = all.ReadOctetString(IpAddress);
                    names.Add(bytes.Length is 4 or 16 ? new IPAddress(bytes).ToString() : Convert.ToHexString(bytes));
                }
                else
                {
                    all.ReadEncodedValue();
                }
            }
        }

        return names;
    }

    private static string ReadRsa(byte[] der)
    {
        var key = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        key.ReadEncodedValue();
        return Convert.ToHexString(key.ReadIntegerBytes().Span);
    }

    private static string? ReadCurve(byte[] der)
    {
        var key = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        while (key.HasData)
        {
            if (key.PeekTag().HasSameClassAndValue(EcPublicKey))
            {
                return Convert.ToHexString(key.ReadSequence(EcPublicKey).ReadBitString(out _));
            }

            key.ReadEncodedValue();
        }

        return null;
    }

    private static string? ReadWrapped(byte[] der)
    {
        var key = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        key.ReadEncodedValue();
        var algorithm = key.ReadSequence().ReadObjectIdentifier();
        return algorithm switch
        {
            Rsa => ReadRsa(key.ReadOctetString()),
            EllipticCurve => ReadCurve(key.ReadOctetString()),
            _ => null,
        };
    }
}
