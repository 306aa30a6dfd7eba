using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Moving;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What the end of a move asks the cluster to remove.</summary>
public sealed class PreferenceTests
{
    [Fact]
    public async Task Its_end_names_the_one_constraint_with_node_and_lifetime_and_never_clears_the_resource()
    {
        using var cluster = new FakeCluster();
        var settings = new CtlSettings { Tools = cluster.Tools };
        var preference = new Preference(new ClusterTools(settings), "ovndb-clone", "node2");
        Assert.True((await preference.SetAsync(TimeSpan.FromSeconds(90))).Succeeded);
        Assert.True(await preference.EndAsync());
        const string Path =
            "//rsc_location[@id='cli-prefer-ovndb-clone'][rule[date_expression]/expression[@attribute='#uname' and @value='node2']]";
        Assert.Equal(
            [
                "crm_resource --move --resource ovndb-clone --node node2 --promoted --lifetime PT90S",
                $"cibadmin --delete --xpath {Path}",
                $"cibadmin --query --xpath {Path}",
            ],
            await File.ReadAllLinesAsync(cluster.Calls, TestContext.Current.CancellationToken)
        );
    }
}
