using OvndbOcf.Fuzzing;
using OvndbOcf.Fuzzing.Engine;
using Xunit;

namespace OvndbOcf.UnitTests.Fuzzing;

/// <summary>A share of <c>make fuzz</c>, the same at each run.</summary>
public sealed class FuzzTests
{
    private const int Cases = 10_000;

    public static TheoryData<string> Targets => new(AllTargets.Names);

    [Theory(Timeout = 60000)]
    [MemberData(nameof(Targets))]
    public async Task Whatever_is_read_ends_in_time_with_a_safe_answer(string target)
    {
        var result = await Task.Run(
            () => Fuzzer.Run(AllTargets.Make(target), Cases, seed: 20260301),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Cases, result.Cases);
    }

    [Fact]
    public void A_seed_makes_the_same_inputs_again_and_another_one_others()
    {
        var first = Inputs(7);
        Assert.Equal(first, Inputs(7));
        Assert.NotEqual(first, Inputs(8));
        Assert.Contains("sample", first);
    }

    [Fact]
    public void A_failing_case_is_repeated_by_its_seed_and_printed_escaped()
    {
        var target = new FuzzTarget("target", ["sample\n\\"u8.ToArray()], (input, _) => Must.Hold(input.Length < 20, "inputs are short"));
        var failure = Assert.Throws<FuzzFailedException>(() => Fuzzer.Run(target, 1000, 1));
        Assert.Contains("inputs are short", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', failure.Message);
        var seed = int.Parse(failure.Message.Split("SEED=")[1].Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
        var again = Assert.Throws<FuzzFailedException>(() => Fuzzer.Run(target, 1, seed));
        Assert.Equal(failure.Message.Split("input (")[1], again.Message.Split("input (")[1]);
    }

    [Fact]
    public void A_reader_that_takes_too_much_memory_fails()
    {
        var target = new FuzzTarget("target", ["sample"u8.ToArray()], (input, _) => GC.KeepAlive(new byte[input.Length << 10]))
        {
            LargestAllocation = 16 << 10,
        };
        Assert.Contains(
            "allocated",
            Assert.Throws<FuzzFailedException>(() => Fuzzer.Run(target, 1000, 1)).Message,
            StringComparison.Ordinal
        );
    }

    private static List<string> Inputs(int seed)
    {
        List<string> inputs = [];
        Fuzzer.Run(new FuzzTarget("target", ["sample"u8.ToArray()], (input, _) => inputs.Add(Escaped.Text(input))), 100, seed);
        return inputs;
    }
}
