namespace Tidewatch.Storage.Registry;

/// <summary>Where a model version stands on its way; the names are MLflow's.</summary>
public enum ModelStage
{
    /// <summary>Registered and no more.</summary>
    None,

    /// <summary>On trial.</summary>
    Staging,

    /// <summary>In use; at most one version of a name.</summary>
    Production,

    /// <summary>Was in use.</summary>
    Archived,
}
