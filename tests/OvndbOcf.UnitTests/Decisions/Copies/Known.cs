using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.UnitTests.Decisions.Copies;

/// <summary>A small history that the tests share: promotion 6 on <c>me</c> or <c>other</c>, then promotion 7.</summary>
internal static class Known
{
    public const string Me = "me";
    public const string Other = "other";

    public static readonly Guid Sixth = Guid.Parse("66666666-0000-4000-8000-000000000006");
    public static readonly Guid Seventh = Guid.Parse("77777777-0000-4000-8000-000000000007");
    public static readonly Guid Stranger = Guid.Parse("99999999-0000-4000-8000-000000000009");

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static PromotionMarker Marker(long number, Guid id, string node = Other, bool closed = false) =>
        new(number, id, node, Noon, closed);

    public static DatabaseCopy Copy(PromotionMarker? marker, bool content = true, Version? schema = null, DateTimeOffset? changed = null) =>
        new(true, marker, content, schema, changed);

    /// <summary>The same in both databases.</summary>
    public static CopyPair Both(DatabaseCopy copy) => new(copy, copy);

    public static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);
}
