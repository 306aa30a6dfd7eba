namespace OvndbOcf.Fuzzing.Engine;

/// <summary>What has to hold for every input.</summary>
public static class Must
{
    /// <summary>Fails the case unless it holds.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="property">What should hold, in words.</param>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static void Hold(bool holds, string property)
    {
        if (!holds)
        {
            throw new InvalidDataException($"does not hold: {property}");
        }
    }

    /// <summary>Fails the case unless both are equal.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public static void BeEqual<T>(T expected, T actual, string property)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidDataException($"does not hold: {property}; expected {expected}, got {actual}");
        }
    }
}
