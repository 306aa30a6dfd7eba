namespace OvndbOcf.Decisions.Copies;

/// <summary>What is to be done when only copies are left that lack data.</summary>
public enum OutdatedPolicy
{
    /// <summary>Nobody is promoted until a copy comes back that has all of it, or a person decides.</summary>
    Refuse,

    /// <summary>The best of them is promoted.</summary>
    Allow,
}
