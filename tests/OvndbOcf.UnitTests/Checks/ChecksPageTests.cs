using System.Text.RegularExpressions;
using OvndbOcf.Ctl.Checks.Reports;
using OvndbOcf.Ctl.Checks.Rules;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Checks;

/// <summary>docs/checks.md and the code name the same rules with the same severities, and rules look at nothing but what they are given.</summary>
public sealed partial class ChecksPageTests
{
    [Fact]
    public void The_page_has_each_rule_with_its_severity() =>
        Assert.Equal(
            RuleBook.All.Select(rule => (rule.Id, TextReport.Name(rule.Severity))),
            File.ReadLines(Path.Combine(Product.Root(), "docs", "checks.md"))
                .Select(line => Row().Match(line))
                .Where(match => match.Success)
                .Select(match => (match.Groups["id"].Value, match.Groups["severity"].Value))
        );

    [Fact]
    public void Rules_know_nothing_of_where_facts_come_from()
    {
        string[] allowed = ["OvndbOcf.Ctl.Checks.Facts", "OvndbOcf.Ctl.Checks.Rules"];
        var used = typeof(Rule)
            .Assembly.GetTypes()
            .Where(type => type.Namespace is "OvndbOcf.Ctl.Checks.Rules" or "OvndbOcf.Ctl.Checks.Facts")
            .SelectMany(UsedTypes.Of)
            .Where(type =>
                (type.Namespace?.StartsWith("OvndbOcf.Ctl", StringComparison.Ordinal) == true && !allowed.Contains(type.Namespace))
                || type.Namespace
                    is "System.IO"
                        or "System.Diagnostics"
                        or "System.Net.Sockets"
                        or "System.Threading.Tasks"
                        or "OvndbOcf.Servers.Control"
                || type == typeof(Environment)
            )
            .Where(type => type != typeof(System.Net.Sockets.AddressFamily))
            .Select(type => type.FullName)
            .Distinct();
        Assert.Empty(used);
    }

    [GeneratedRegex("^\\| `(?<id>[a-z-]+)` \\| (?<severity>error|warning|hint) \\|")]
    private static partial Regex Row();
}
