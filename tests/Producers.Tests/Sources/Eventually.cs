namespace Tidewatch.Producers.Tests.Sources;

/// <summary>Awaits a condition; a deadline, not a delay.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"not within 20 s: {what}");
            }

            await Task.Delay(5);
        }
    }
}
