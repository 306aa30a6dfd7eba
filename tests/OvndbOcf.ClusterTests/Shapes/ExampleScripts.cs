namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>The scripts of <c>pcs-examples/</c> on the nodes.</summary>
internal static class ExampleScripts
{
    /// <summary>Where a script is.</summary>
    public static string Path(string script) => $"/usr/share/doc/ovndb-ocf/pcs-examples/{script}";
}
