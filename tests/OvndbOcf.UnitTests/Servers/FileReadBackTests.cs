using System.Text.Json.Nodes;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class FileReadBackTests : IDisposable
{
    private static readonly FileTail Tail = FileTail.Of(
        JsonNode.Parse("""{"tables":{"Logical_Switch":{"columns":{"name":{"type":"string"}}}}}""")!.AsObject(),
        [JsonNode.Parse($$$$$"""{"Logical_Switch":{"{{{{{FileTailTests.Id}}}}}":{"name":"last"}}}""")!.AsObject()]
    );

    private readonly ControlFixture _control = new();

    public void Dispose() => _control.Dispose();

    [Theory(Timeout = 20000)]
    [InlineData("""[{"rows":[{"name":"last"}]}]""", nameof(ReadBack.Whole), "")]
    [InlineData("""[{"rows":[{"name":"first"}]}]""", nameof(ReadBack.Shortened), "name of row")]
    [InlineData("""[{"rows":[]}]""", nameof(ReadBack.Shortened), "is missing")]
    [InlineData("""[{"error":"unknown table","details":"no such"}]""", nameof(ReadBack.Unknown), "unknown table")]
    [InlineData("7", nameof(ReadBack.Unknown), "not of the protocol")]
    public async Task What_a_server_knows_is_compared_with_its_file(string answer, string result, string detail)
    {
        JsonArray? asked = null;
        await using var server = FakeDatabase.Serving(
            _control.Northbound.Database,
            "7.0.0",
            operations =>
            {
                asked = operations;
                return answer;
            },
            TestContext.Current.CancellationToken
        );
        var compared = await Task.Run(() => Compare(Tail), TestContext.Current.CancellationToken);
        Assert.Equal(result, compared.Result.ToString());
        Assert.Contains(detail, compared.Detail, StringComparison.Ordinal);
        Assert.Equal(
            $$$$$"""[{"op":"select","table":"Logical_Switch","where":[["_uuid","==",["uuid","{{{{{FileTailTests.Id}}}}}"]]],"columns":["_uuid","name"]}]""",
            asked!.ToJsonString()
        );
    }

    [Fact]
    public void Where_nobody_answers_nothing_is_known() => Assert.Equal(ReadBack.Unknown, Compare(Tail).Result);

    private (ReadBack Result, string Detail) Compare(FileTail tail) =>
        FileReadBack.Compare(
            _control.Parameters.Directories,
            _control.Parameters.Northbound,
            tail,
            Deadline.After(TimeSpan.FromSeconds(5))
        );
}
