using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>Three nodes that the tests share which tell up-to-date copies from others, one after the other.</summary>
public sealed class BookwormFreshnessCluster() : LifecycleCluster(DebianRelease.Bookworm);

public sealed class TrixieFreshnessCluster() : LifecycleCluster(DebianRelease.Trixie);

[CollectionDefinition]
public sealed class BookwormFreshness : ICollectionFixture<BookwormFreshnessCluster>;

[CollectionDefinition]
public sealed class TrixieFreshness : ICollectionFixture<TrixieFreshnessCluster>;

/// <summary>Three nodes, each with a small disk of its own for the databases, which can be full.</summary>
public sealed class BookwormDiskCluster() : LifecycleCluster(DebianRelease.Bookworm, disks: true);

/// <summary>Two nodes, each of which runs resources alone while the other one is away: nothing but the agent keeps an old copy from being promoted.</summary>
public sealed class BookwormPairCluster() : LifecycleCluster(DebianRelease.Bookworm, nodes: 2);

public sealed class TrixiePairCluster() : LifecycleCluster(DebianRelease.Trixie, nodes: 2);

/// <summary>Two nodes as the pages want them, with fencing: <c>ovndbctl check</c> has nothing to say of them, and a node that is lost boots again.</summary>
public sealed class BookwormFencedPairCluster() : LifecycleCluster(DebianRelease.Bookworm, nodes: 2, fencing: true);

/// <summary>Two nodes where the address is placed first, and the promotion goes where it is.</summary>
public sealed class BookwormAddressFirstCluster() : LifecycleCluster(DebianRelease.Bookworm, nodes: 2, script: "address-first.sh");

public sealed class TrixieAddressFirstCluster() : LifecycleCluster(DebianRelease.Trixie, nodes: 2, script: "address-first.sh");
