using System.Text;

namespace OvndbOcf.Fuzzing.Targets;

/// <summary>Texts as the bytes that readers get, and bytes as the texts that they make of them.</summary>
internal static class Samples
{
    public static IReadOnlyList<byte[]> Of(params string[] texts) => Array.ConvertAll(texts, Encoding.UTF8.GetBytes);

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
