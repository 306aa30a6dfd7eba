using System.Text.Json.Nodes;

namespace OvndbOcf.Ovsdb.Client;

/// <summary>
/// A JSON-RPC 1.0 message: a request or notification if <paramref name="Method"/> is set, a reply otherwise (RFC 7047, section 4).
/// </summary>
internal sealed record JsonRpcMessage(JsonNode? Id, string? Method, JsonNode? Parameters, JsonNode? Result, JsonNode? Error);
