namespace Tidewatch.ServiceDefaults;

/// <summary>The verb <c>--health=URL</c>: asks a running service how it is. It is the health check of a container that has neither shell nor curl.</summary>
public static class HealthProbe
{
    private const string Verb = "--health=";

    /// <summary>How long an answer may take: below the ten seconds that the container's health check allows.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Ends the process with the answer when <paramref name="args"/> ask for it; otherwise does nothing.</summary>
    public static void AnswerIfAsked(string[] args)
    {
        if (args is [{ } verb] && verb.StartsWith(Verb, StringComparison.Ordinal))
        {
            Environment.Exit(Ask(verb[Verb.Length..], Console.Error));
        }
    }

    /// <summary>0 when <paramref name="url"/> answers 200; otherwise 1, and the reason goes to <paramref name="errors"/>.</summary>
    public static int Ask(string url, TextWriter errors)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            errors.WriteLine($"{Verb}{url}: not an address");
            return 1;
        }

        using var client = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            using var response = client.Send(request);
            if (response.IsSuccessStatusCode)
            {
                return 0;
            }

            using var reader = new StreamReader(response.Content.ReadAsStream());
            errors.WriteLine($"{(int)response.StatusCode} {reader.ReadToEnd()}");
            return 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }
}
