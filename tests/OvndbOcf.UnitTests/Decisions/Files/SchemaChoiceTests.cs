using OvndbOcf.Decisions.Files;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Files;

public sealed class SchemaChoiceTests
{
    /// <summary>The file's version, that of the node's OVN, that on record ("-" for none, "?" for unknown), and the choice.</summary>
    [Theory]
    // Nothing to choose: the same, or a file that is newer than the node's OVN.
    [InlineData("7.0.0", "7.0.0", "7.0.0", ServedSchema.OfNode)]
    [InlineData("7.11.0", "7.0.0", "7.0.0", ServedSchema.OfNode)]
    [InlineData("7.11.0", "7.0.0", "?", ServedSchema.OfNode)]
    // An upgraded node beside active servers that are not.
    [InlineData("7.0.0", "7.11.0", "7.0.0", ServedSchema.OfFile)]
    [InlineData("7.5.0", "7.11.0", "7.0.0", ServedSchema.OfFile)]
    // The active servers are as new as this node, or newer, or between.
    [InlineData("7.0.0", "7.11.0", "7.11.0", ServedSchema.OfNode)]
    [InlineData("7.0.0", "7.11.0", "8.0.0", ServedSchema.OfNode)]
    [InlineData("7.0.0", "7.11.0", "7.5.0", ServedSchema.OfNode)]
    // Nobody to follow, and nobody known.
    [InlineData("7.0.0", "7.11.0", "-", ServedSchema.OfNode)]
    [InlineData("7.0.0", "7.11.0", "?", ServedSchema.OfFile)]
    // A file, or an OVN, that does not say.
    [InlineData(null, "7.11.0", "7.0.0", ServedSchema.OfNode)]
    [InlineData("7.0.0", null, "7.0.0", ServedSchema.OfNode)]
    public void A_backup_serves_what_the_active_servers_have(string? file, string? node, string active, ServedSchema expected) =>
        Assert.Equal(expected, SchemaChoice.ForBackup(Parse(file), Parse(node), Active(active)));

    [Theory]
    [InlineData("7.11.0", "7.0.0", ServedSchema.OfFile)]
    [InlineData("7.11.0", "7.11.0", ServedSchema.OfNode)]
    [InlineData("7.0.0", "7.11.0", ServedSchema.OfNode)]
    [InlineData("7.11.0", "-", ServedSchema.OfNode)]
    [InlineData("7.11.0", "?", ServedSchema.OfNode)]
    [InlineData(null, "7.0.0", ServedSchema.OfNode)]
    public void A_new_file_gets_the_schema_of_older_active_servers(string? node, string active, ServedSchema expected) =>
        Assert.Equal(expected, SchemaChoice.ForNewFile(Parse(node), Active(active)));

    [Theory]
    [InlineData("7.0.0", "7.11.0", true)]
    [InlineData("7.11.0", "7.11.0", false)]
    [InlineData("7.11.0", "7.0.0", false)]
    [InlineData(null, "7.11.0", false)]
    [InlineData("7.0.0", null, false)]
    public void A_promoted_server_has_the_schema_of_its_nodes_OVN(string? served, string? node, bool expected) =>
        Assert.Equal(expected, SchemaChoice.MustConvertForPromotion(Parse(served), Parse(node)));

    [Theory]
    [InlineData("7.11.0", "7.11.0", true)]
    [InlineData("7.11.0", "8.0.0", true)]
    [InlineData("7.11.0", "7.0.0", false)]
    [InlineData("7.11.0", null, false)]
    public void A_backup_follows_newer_servers_if_its_OVN_is_as_new(string active, string? node, bool expected) =>
        Assert.Equal(expected, SchemaChoice.CanFollowConverted(Version.Parse(active), Parse(node)));

    private static ActiveSchema Active(string text) =>
        text switch
        {
            "?" => ActiveSchema.Unknown,
            "-" => ActiveSchema.None,
            _ => new ActiveSchema(true, Parse(text)),
        };

    private static Version? Parse(string? text) => text is null ? null : Version.Parse(text);
}
