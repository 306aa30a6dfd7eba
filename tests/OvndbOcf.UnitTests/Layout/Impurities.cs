using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>
/// What a compiled library refers to that depends on more than its arguments, or does more than to return a value: files, sockets, processes, clocks, chance, the environment. What is not known to be pure counts.
/// </summary>
internal static class Impurities
{
    private static readonly HashSet<string> PureNamespaces =
    [
        "System",
        "System.Collections",
        "System.Collections.Generic",
        "System.Globalization",
        "System.Linq",
        "System.Net",
        "System.Numerics",
        "System.Text",
        "System.Reflection",
        "System.Runtime.CompilerServices",
        "System.Runtime.Versioning",
    ];

    // Of other namespaces: values, how a path is spelled, what the compiler makes of collections, and its attributes.
    private static readonly HashSet<string> PureTypes =
    [
        "System.IO.Path",
        "System.Net.Sockets.AddressFamily",
        "System.Runtime.InteropServices.CollectionsMarshal",
        "System.Runtime.InteropServices.MemoryMarshal",
        "System.Runtime.InteropServices.InAttribute",
        "System.Diagnostics.DebuggableAttribute",
        "System.Diagnostics.DebuggerBrowsableAttribute",
        "System.Diagnostics.DebuggerBrowsableState",
        "System.Diagnostics.DebuggerHiddenAttribute",
        // This project's own, which have no methods but those below.
        "OvndbOcf.Ocf.OcfExitCode",
        "OvndbOcf.Ocf.HostIdentity",
        "OvndbOcf.Ocf.NotifyEnvironment",
        "OvndbOcf.Ocf.NotifyType",
        "OvndbOcf.Ocf.NotifyOperation",
        "OvndbOcf.Ovsdb.CallFailure",
        "OvndbOcf.Ovsdb.Remote",
        "OvndbOcf.Ovsdb.Unixctl.UnixctlReply",
        "OvndbOcf.Ovsdb.Synchronization.DatabaseSyncStatus",
        "OvndbOcf.Ovsdb.Synchronization.SyncRole",
        "OvndbOcf.Ovsdb.Synchronization.Replication",
        "OvndbOcf.Linux.ProcessSnapshot",
        "OvndbOcf.Linux.ProcessActivity",
        "OvndbOcf.Linux.DescriptorUse",
        "OvndbOcf.Linux.DiskSpace",
        "OvndbOcf.Linux.InterfaceAddress",
        "OvndbOcf.Linux.PortListener",
    ];

    private static readonly HashSet<string> ImpureTypes =
    [
        "System.Activator",
        "System.AppContext",
        "System.AppDomain",
        "System.Console",
        "System.Environment",
        "System.GC",
        "System.OperatingSystem",
        "System.Random",
        "System.TimeProvider",
        "System.TimeZoneInfo",
        "System.Net.Dns",
        "System.Net.WebClient",
        "System.Net.WebRequest",
    ];

    private static readonly HashSet<string> ImpureMembers =
    [
        "System.DateTime.get_Now",
        "System.DateTime.get_UtcNow",
        "System.DateTime.get_Today",
        "System.DateTime.ToLocalTime",
        "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow",
        "System.DateTimeOffset.get_LocalDateTime",
        "System.DateTimeOffset.ToLocalTime",
        "System.Guid.NewGuid",
        "System.Guid.CreateVersion7",
    ];

    // With two arguments GetFullPath does not look for the directory in which the process is.
    private static readonly HashSet<(string Name, int Parameters)> PathMethods =
    [
        ("Combine", 2),
        ("TrimEndingDirectorySeparator", 1),
        ("GetFullPath", 2),
    ];

    private static readonly HashSet<string> OwnMethods =
    [
        "OvndbOcf.Ocf.HostIdentity.IsMe",
        "OvndbOcf.Ovsdb.Remote.TryParse",
        "OvndbOcf.Ovsdb.Remote.Listener",
        "OvndbOcf.Ovsdb.Remote.Server",
    ];

    /// <summary>The names of those types and members.</summary>
    public static IReadOnlyList<string> In(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var types = metadata.TypeReferences.Select(handle => NameOf(metadata, handle)).Where(name => !IsPureType(name));
        var members = metadata
            .MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member =>
                (
                    Type: NameOf(metadata, (TypeReferenceHandle)member.Parent),
                    Name: metadata.GetString(member.Name),
                    Parameters: ParametersOf(metadata, member)
                )
            )
            .Where(member => !IsPureMember(member.Type, member.Name, member.Parameters))
            .Select(member => $"{member.Type}.{member.Name}");
        var native = metadata
            .MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            .Select(method => "native: " + metadata.GetString(method.Name));
        return [.. types.Concat(members).Concat(native).Distinct().Order(StringComparer.Ordinal)];
    }

    private static bool IsPureType(string name) =>
        PureTypes.Contains(name)
        || (!ImpureTypes.Contains(name) && name.LastIndexOf('.') is > 0 and var dot && PureNamespaces.Contains(name[..dot]));

    private static bool IsPureMember(string type, string name, int parameters) =>
        type == "System.IO.Path" ? PathMethods.Contains((name, parameters))
        : type.StartsWith(Product.Prefix, StringComparison.Ordinal) ? IsPartOfValue(name) || OwnMethods.Contains($"{type}.{name}")
        : !ImpureMembers.Contains($"{type}.{name}");

    private static bool IsPartOfValue(string member) =>
        member is ".ctor" or "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$"
        || member.StartsWith("get_", StringComparison.Ordinal)
        || member.StartsWith("set_", StringComparison.Ordinal)
        || member.StartsWith("op_", StringComparison.Ordinal);

    // One that is in another type goes by that one.
    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope)
            : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    /// <summary>How many parameters it has; 0 for a field (ECMA-335, II.23.2).</summary>
    private static int ParametersOf(MetadataReader metadata, MemberReference member)
    {
        var signature = metadata.GetBlobReader(member.Signature);
        var header = signature.ReadSignatureHeader();
        if (header.Kind != SignatureKind.Method)
        {
            return 0;
        }

        if (header.IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        return signature.ReadCompressedInteger();
    }
}
