using OvndbOcf.Bench.Results;
using Xunit;

namespace OvndbOcf.UnitTests.Bench;

public sealed class FigureTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0424, "0.042")]
    [InlineData(2.705, "2.71")]
    [InlineData(54.61, "54.6")]
    [InlineData(1_000_000, "1,000,000")]
    public void Numbers_have_as_many_digits_as_tell_something(double value, string text) => Assert.Equal(text, Figure.Write(value));
}
