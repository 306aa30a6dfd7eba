namespace OvndbOcf.Fuzzing.Engine;

/// <summary>A case failed; the message has the target, the seed that repeats it as the only case, and the input.</summary>
public sealed class FuzzFailedException(string target, int seed, byte[] input, string what, Exception? cause)
    : Exception(
        $"{target}: {what}\n  again: make fuzz TARGET={target} CASES=1 SEED={seed}\n  input ({input.Length} bytes): {Escaped.Text(input)}",
        cause
    );
