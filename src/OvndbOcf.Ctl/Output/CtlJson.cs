using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Output;

/// <summary>Results as JSON, in the form that docs/ovndbctl.md describes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    GenerationMode = JsonSourceGenerationMode.Metadata
)]
[JsonSerializable(typeof(BackupManifest))]
[JsonSerializable(typeof(BackupRestoration))]
[JsonSerializable(typeof(ClusterView))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(HistoryView))]
[JsonSerializable(typeof(SnapshotContent))]
[JsonSerializable(typeof(SnapshotDifference))]
[JsonSerializable(typeof(SnapshotList))]
[JsonSerializable(typeof(SnapshotRestoration))]
[JsonSerializable(typeof(SupportManifest))]
[JsonSerializable(typeof(SwitchoverView))]
internal sealed partial class CtlJson : JsonSerializerContext
{
    // What is printed goes to no web page, and names are to be read. Made when it is needed: the context that is copied may not be there before.
    private static CtlJson Readable =>
        field ??= new CtlJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The JSON of a value, with a line end behind it.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Readable.GetTypeInfo(typeof(T))!) + "\n";

    /// <summary>Reads such JSON.</summary>
    /// <exception cref="JsonException">It is none, or something is missing in it.</exception>
    public static T? Read<T>(string json) => JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)Readable.GetTypeInfo(typeof(T))!);
}
