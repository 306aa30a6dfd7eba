using System.Globalization;
using System.Net;

namespace OvndbOcf.Ctl.Serving;

/// <summary>Reads where to listen. Pure.</summary>
internal static class ListenAddress
{
    /// <summary>From <c>PORT</c>, which is that of the loopback, or <c>ADDRESS:PORT</c>, with brackets around an IPv6 address; null if it is neither.</summary>
    public static IPEndPoint? Parse(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port > 0
                ? new IPEndPoint(IPAddress.Loopback, port)
                : null
            // Without a colon it reads a number as an address.
            : text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port > 0
                ? endpoint
                : null;
}
