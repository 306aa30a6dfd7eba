using System.Globalization;
using System.Text;

namespace OvndbOcf.Servers.Parameters;

/// <summary>
/// Reads until when certificates are valid, and nothing else, from PEM text (RFC 7468) with DER inside (RFC 5280, section 4.1; X.690). The platform's own reader needs OpenSSL, which
/// would be a multiple of this executable. Nothing depends on it but a warning, so whatever is not understood is left out.
/// </summary>
public static class CertificateDates
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";
    private const int CertificateMaxBytes = 64 << 10;

    private const byte Sequence = 0x30;
    private const byte Version = 0xA0;
    private const byte UtcTime = 0x17;
    private const byte GeneralizedTime = 0x18;

    /// <summary>The ends of validity (<c>notAfter</c>) of the certificates in the text, in their order.</summary>
    public static IReadOnlyList<DateTimeOffset> ExpiriesIn(string pem)
    {
        var expiries = new List<DateTimeOffset>();
        for (
            var start = pem.IndexOf(Begin, StringComparison.Ordinal);
            start >= 0;
            start = pem.IndexOf(Begin, start, StringComparison.Ordinal)
        )
        {
            start += Begin.Length;
            var length = pem.AsSpan(start).IndexOf(End, StringComparison.Ordinal);
            if (length < 0)
            {
                break;
            }

            var bytes = new byte[Math.Min(length, CertificateMaxBytes)];
            if (
                Convert.TryFromBase64Chars(pem.AsSpan(start, length), bytes, out var count)
                && ExpiryOf(bytes.AsSpan(0, count)) is { } expiry
            )
            {
                expiries.Add(expiry);
            }

            start += length;
        }

        return expiries;
    }

    /// <summary>The end of validity in a certificate's DER; null if it is none.</summary>
    internal static DateTimeOffset? ExpiryOf(ReadOnlySpan<byte> der)
    {
        // Certificate, tbsCertificate
        if (!TryEnter(ref der, Sequence) || !TryEnter(ref der, Sequence))
        {
            return null;
        }

        if (der.Length > 0 && der[0] == Version && !TryTake(ref der, out _, out _))
        {
            return null;
        }

        // serialNumber, signature, issuer, and then validity: notBefore, notAfter
        return
            TryTake(ref der, out _, out _)
            && TryTake(ref der, out _, out _)
            && TryTake(ref der, out _, out _)
            && TryEnter(ref der, Sequence)
            && TryTake(ref der, out _, out _)
            && TryTake(ref der, out var tag, out var time)
            ? Time(tag, time)
            : null;
    }

    private static bool TryEnter(scoped ref ReadOnlySpan<byte> der, byte tag)
    {
        if (!TryTake(ref der, out var found, out var content) || found != tag)
        {
            return false;
        }

        der = content;
        return true;
    }

    /// <summary>Takes one value off the front: its tag, and its content.</summary>
    private static bool TryTake(scoped ref ReadOnlySpan<byte> der, out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        if (der.Length < 2)
        {
            return false;
        }

        tag = der[0];
        int length = der[1];
        var header = 2;
        if (length >= 0x80)
        {
            // So many bytes of length follow. Three are enough for whatever is read here.
            var bytes = length - 0x80;
            if (bytes is 0 or > 3 || der.Length < header + bytes)
            {
                return false;
            }

            length = 0;
            for (; bytes > 0; bytes--)
            {
                length = (length << 8) | der[header++];
            }
        }

        if (length > der.Length - header)
        {
            return false;
        }

        content = der.Slice(header, length);
        der = der[(header + length)..];
        return true;
    }

    private static DateTimeOffset? Time(byte tag, ReadOnlySpan<byte> content)
    {
        var text = Encoding.ASCII.GetString(content);
        if (tag == UtcTime && text.Length == 13 && char.IsAsciiDigit(text[0]))
        {
            // RFC 5280, section 4.1.2.5.1: two digits from 50 on are of the last century.
            text = (text[0] >= '5' ? "19" : "20") + text;
        }
        else if (tag != GeneralizedTime)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(
            text,
            "yyyyMMddHHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;
    }
}
