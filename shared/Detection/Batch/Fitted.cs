using System.Diagnostics.CodeAnalysis;

namespace Tidewatch.Detection.Batch;

/// <summary>The one error of scoring before fitting.</summary>
internal static class Fitted
{
    public static T Of<T>([NotNull] T? model)
        where T : class => model ?? throw new InvalidOperationException("the model was not fitted: call Fit first");
}
