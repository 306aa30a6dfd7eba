using OvndbOcf.Fuzzing.Engine;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Fuzzing.Targets;

/// <summary>Files of the machine's administrators that the agent reads.</summary>
internal static class FileTargets
{
    private const string Der =
        "MIIBdzCCAR2gAwIBAgIUSiV/wHosgyfBybs1QiUCNYRxW7kwCgYIKoZIzj0EAwIwEDEOMAwGA1UEAwwFb3ZubmIwIBcNMjYxMTI2MTgzNzA4WhgPMjEyNjExMDIxODM3MDhaMBAxDjAMBgNVBAMMBW92bm5iMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2jsmMawMy8wTiG0PQJYsrN3u8jt/gvCShDmNBimTioM/EwyIZlfIov4//TkIQH+ZD11gpYQuIr6o6oCk8zqjfaNTMFEwHQYDVR0OBBYEFHVJguJQSbupVn97PmjgrKYGFGSgMB8GA1UdIwQYMBaAFHVJguJQSbupVn97PmjgrKYGFGSgMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAMWHkBDoY0RrW0/GjaoLEkUEQqwx8bZVifJbn2MUIWPwAiBWKxfMOkBweX9XWHTPlOc1NZydTE3Qq6PdmA4oLKMQwA==";

    public static FuzzTarget Certificate() =>
        new(
            "certificate",
            [Convert.FromBase64String(Der), [0x30, 0x82, 0x01, 0x00, 0x30, 0x80], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]],
            (input, _) =>
            {
                var pem =
                    $"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String(input, Base64FormattingOptions.InsertLineBreaks)}\n-----END CERTIFICATE-----\n";
                var expiries = CertificateDates.ExpiriesIn(pem);
                Must.Hold(expiries.Count <= 1, "a certificate ends once");
                Must.BeEqual(expiries.Count * 2, CertificateDates.ExpiriesIn(pem + pem).Count, "each is read by itself");
                Must.Hold(CertificateDates.ExpiriesIn(Samples.Text(input)).Count <= input.Length, "no more certificates than text");
            }
        );

    public static FuzzTarget NorthdParameters() =>
        new(
            "northd-parameters",
            Samples.Of(
                "--ovnnb-db=tcp:10.0.0.1:6641,tcp:10.0.0.2:6641 --ovnsb-db=tcp:10.0.0.1:6642\n",
                "--ovnnb-db unix:/run/ovn/ovnnb_db.sock --ovnsb-db=unix:/var/run/ovn/ovnsb_db.sock --n-threads=4"
            ),
            (input, _) =>
            {
                var text = Samples.Text(input);
                var (parameters, _) = ParameterReader.Read(Ocf.OcfEnvironment.From("ovndb-servers", []));
                var elsewhere = NorthdTargets.Elsewhere(NorthdTargets.Split(text), parameters, NodeAddress.Topology(parameters));
                Must.Hold(
                    elsewhere is null || text.Contains(elsewhere.Split('=', 2)[0], StringComparison.Ordinal),
                    "what is elsewhere was named by an option"
                );
                Must.Hold(
                    text.Contains("--ovn", StringComparison.Ordinal) || elsewhere is null,
                    "without an option it is this node's servers"
                );
            }
        );
}
