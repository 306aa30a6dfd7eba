namespace OvndbOcf.Ctl.Checks.Facts;

/// <summary>Something that was looked at, or why it could not be. The default value is unknown.</summary>
/// <typeparam name="T">What it is.</typeparam>
internal readonly record struct Fact<T>
{
    private readonly T? _value;
    private readonly string? _why;

    private Fact(bool isKnown, T? value, string? why) => (IsKnown, _value, _why) = (isKnown, value, why);

    /// <summary>Whether it could be found out.</summary>
    public bool IsKnown { get; }

    /// <summary>What was found.</summary>
    /// <exception cref="InvalidOperationException">It is not known.</exception>
    public T Value => IsKnown ? _value! : throw new InvalidOperationException($"not known: {WhyUnknown}");

    /// <summary>Why it is not known; empty if it is.</summary>
    public string WhyUnknown => IsKnown ? string.Empty : _why ?? "not looked at";

    /// <summary>Something that was found.</summary>
    public static Fact<T> Of(T value) => new(true, value, null);

    /// <summary>Something that could not be found out.</summary>
    /// <param name="why">Why not: the cause first.</param>
    public static Fact<T> Unknown(string why) => new(false, default, why);
}
