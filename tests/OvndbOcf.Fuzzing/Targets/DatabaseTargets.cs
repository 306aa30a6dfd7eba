using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OvndbOcf.Fuzzing.Engine;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Fuzzing.Targets;

/// <summary>Database files, which anybody may have put there.</summary>
internal static class DatabaseTargets
{
    private static readonly Deadline Enough = Deadline.After(TimeSpan.FromDays(1));

    /// <summary>Each line of the input is a record, the first one the schema; the check sums are right, and then the bytes are taken as they are.</summary>
    public static FuzzTarget File() =>
        new(
            "database-file",
            Samples.Of(
                """
                {"name":"OVN_Northbound","version":"7.0.0","cksum":"1 2","tables":{"NB_Global":{"columns":{"external_ids":{"type":{"key":"string","value":"string","min":0,"max":"unlimited"}}}}}}
                {"_date":1,"_is_diff":true,"NB_Global":{"6e6b2c3e-0000-4000-8000-000000000001":{"external_ids":["map",[["ovndb-promotion","7 x"]]]}}}
                """,
                """
                {"name":"x","tables":{"Switch":{"columns":{"name":{"type":"string"},"tag":{"type":{"key":{"type":"integer"},"min":0}}}}}}
                {"Switch":{"6e6b2c3e-0000-4000-8000-000000000001":{"name":"\ud83d\ude00","tag":["set",[]]}}}
                {"Switch":{"6e6b2c3e-0000-4000-8000-000000000001":null}}
                """,
                "OVSDB CLUSTER 12 abc\n{}"
            ),
            (input, _) =>
            {
                Inspect(input);
                var file = new MemoryStream();
                foreach (var line in Samples.Text(input).Split('\n'))
                {
                    var record = Encoding.UTF8.GetBytes(line + "\n");
#pragma warning disable CA5350 // The format's check sum.
                    file.Write(
                        Encoding.ASCII.GetBytes(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"OVSDB JSON {record.Length} {Convert.ToHexStringLower(SHA1.HashData(record))}\n"
                            )
                        )
                    );
#pragma warning restore CA5350
                    file.Write(record);
                }

                Must.BeEqual(
                    DatabaseFileCondition.Sound,
                    Inspect(file.ToArray()),
                    "a file whose check sums are right is sound, whatever its records are"
                );
            }
        );

    private static DatabaseFileCondition Inspect(byte[] bytes)
    {
        var finding = DatabaseFileCheck.Inspect(new MemoryStream(bytes), Enough);
        foreach (var row in finding.Tail?.Rows ?? [])
        {
            Must.Hold(row.Contradiction([]) is null != row.Exists, "a row that is not there contradicts a file that has it, and no other");
        }

        Must.Hold(
            DatabaseFileCheck.BaseLength(new MemoryStream(bytes)) is not { } length || (length > 0 && length <= bytes.Length),
            "a record that is not in the file has no end"
        );
        return finding.Condition;
    }
}
