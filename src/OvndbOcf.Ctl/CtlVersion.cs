namespace OvndbOcf.Ctl;

/// <summary>The version of this executable.</summary>
internal static class CtlVersion
{
    /// <summary>As <c>1.2.3</c>.</summary>
    public static string Current { get; } = typeof(CtlVersion).Assembly.GetName().Version?.ToString(3) ?? "0";
}
