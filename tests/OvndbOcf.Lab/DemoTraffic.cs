namespace OvndbOcf.Lab;

/// <summary>What the VMs of the demo noticed.</summary>
/// <param name="Sent">Pings between them.</param>
/// <param name="Lost">Those that were not answered.</param>
/// <param name="PortUp">How long it took from the request for a new VM's port, when writes went on, until it was up.</param>
internal sealed record DemoTraffic(int Sent, int Lost, TimeSpan PortUp);
