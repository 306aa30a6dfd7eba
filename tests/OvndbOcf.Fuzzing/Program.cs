using System.Globalization;
using OvndbOcf.Fuzzing;
using OvndbOcf.Fuzzing.Engine;

// fuzz CASES SEED [TARGET]: so many cases over all targets, or of one.
if (
    args.Length is < 2 or > 3
    || !int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out var cases)
    || cases == 0
    || !int.TryParse(args[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
    || (args is [_, _, var wanted] && !AllTargets.Names.Contains(wanted))
)
{
    Console.Error.WriteLine($"usage: fuzz CASES SEED [TARGET]; targets: {string.Join(' ', AllTargets.Names)}");
    return 2;
}

var names = args is [_, _, var name] ? [name] : AllTargets.Names;
var share = (cases + names.Count - 1) / names.Count;
var failed = 0;
var seconds = 0.0;
using var watchdog = new Watchdog();
Console.WriteLine($"{"target", -16} {"cases", 9} {"seconds", 8} {"worst ms", 9} {"most KiB", 9}");
foreach (var one in names)
{
    try
    {
        var result = Fuzzer.Run(AllTargets.Make(one), share, seed, own => watchdog.Begins(one, own));
        seconds += result.Seconds;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Target, -16} {result.Cases, 9} {result.Seconds, 8:F1} {result.WorstMilliseconds, 9:F1} {(result.LargestAllocation + 1023) / 1024, 9}"
            )
        );
    }
    catch (FuzzFailedException exception)
    {
        failed++;
        Console.WriteLine($"{one, -16} FAILED");
        Console.Error.WriteLine(exception.Message);
    }
}

Console.WriteLine(
    string.Create(
        CultureInfo.InvariantCulture,
        $"{"all", -16} {share * names.Count, 9} {seconds, 8:F1}; {failed} of {names.Count} targets failed"
    )
);
return failed == 0 ? 0 : 1;
