using Microsoft.Playwright;
using Shouldly;
using Tidewatch.TestKit;
using Xunit;

namespace Tidewatch.Browser;

public sealed class LivePageTests : IAsyncLifetime
{
    private const int Patience = 90_000;
    private readonly ScratchFolder _folder = new();
    private readonly List<string> _complaints = [];
    private StandaloneProcess? _tidewatch;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var chromium = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "no Chromium on this machine: install the package chromium");
        _tidewatch = StandaloneProcess.Start(_folder.Path, _folder.WriteSeries("boiler", 3_000, spikeAt: 2_500));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        await _tidewatch.HealthyAsync(TimeSpan.FromMilliseconds(Patience), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
        await (_tidewatch?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task Page_ReplayedSpike_IsDrawnWithItsAlertAndWithoutComplaint()
    {
        var page = await OpenAsync("#series=replay%2Fboiler");
        await page.WaitForFunctionAsync("() => Number(document.getElementById('chart').dataset.anomalies) > 0", null, new() { Timeout = Patience });
        (await page.Locator("#chart").GetAttributeAsync("data-series")).ShouldBe("replay/boiler");
        int.Parse((await page.Locator("#chart").GetAttributeAsync("data-points"))!).ShouldBeGreaterThan(100);
        await page.Locator("#alert-rows tr[data-series='replay/boiler']").First.WaitForAsync(new() { Timeout = Patience });
        (await PaintedPixelsAsync(page)).ShouldBeGreaterThan(1_000);
        (await page.Locator("body").GetAttributeAsync("data-connection")).ShouldBe("live");

        var picture = Path.Combine(AppContext.BaseDirectory, "screenshots", "live.png");
        await page.ScreenshotAsync(new() { Path = picture });
        new FileInfo(picture).Length.ShouldBeGreaterThan(10_000);
        _complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_SearchAndKeyboard_SelectASeriesAndTheAddressSaysWhich()
    {
        var page = await OpenAsync("");
        await page.Locator("#series-list a").First.WaitForAsync(new() { Timeout = Patience });
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("boiler");
        var only = page.Locator("#series-list a");
        await Assertions.Expect(only).ToHaveCountAsync(1, new() { Timeout = Patience });
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(_tidewatch!.Page + "#series=replay%2Fboiler", new() { Timeout = Patience });
        await Assertions.Expect(page.Locator("#series-name")).ToHaveTextAsync("replay/boiler", new() { Timeout = Patience });
        await Assertions.Expect(page.Locator("#chart")).ToHaveAttributeAsync("data-drawn", "true", new() { Timeout = Patience });
        _complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_ServiceGone_SaysThatItReconnects()
    {
        var page = await OpenAsync("#series=replay%2Fboiler");
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-connection", "live", new() { Timeout = Patience });
        (await _tidewatch!.TerminateAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).ShouldBe(0);
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-connection", "reconnecting", new() { Timeout = Patience });
        await Assertions.Expect(page.Locator("#banner")).ToContainTextAsync("not current", new() { Timeout = Patience });
    }

    // A series that nothing is known of yet is a 404, which the page takes for "none yet" and the browser complains of.
    private async Task<IPage> OpenAsync(string hash)
    {
        await _tidewatch!.UntilAsync(
            async () => (await _tidewatch.Client.GetAsync(new Uri(_tidewatch.Page, "api/v1/series/points?series=replay%2Fboiler"))).IsSuccessStatusCode,
            TimeSpan.FromMilliseconds(Patience), () => "the API knows no replay/boiler", TestContext.Current.CancellationToken);
        var page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        page.Console += (_, m) => Complain(m.Type is "error" or "warning", m.Text);
        page.PageError += (_, text) => Complain(true, text);
        page.Request += (_, r) => Complain(!r.Url.StartsWith(_tidewatch.Page.ToString(), StringComparison.Ordinal) && !r.Url.StartsWith("data:", StringComparison.Ordinal), $"asks elsewhere: {r.Url}");
        await page.GotoAsync(_tidewatch.Page + hash);
        return page;
    }

    private void Complain(bool real, string text)
    {
        if (real)
        {
            lock (_complaints)
            {
                _complaints.Add(text);
            }
        }
    }

    /// <summary>Pixels of the chart that are not empty: that something was really drawn.</summary>
    private static Task<int> PaintedPixelsAsync(IPage page) => page.EvaluateAsync<int>(
        """
        () => {
          const canvas = document.querySelector('#chart canvas');
          const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          let painted = 0;
          for (let i = 3; i < data.length; i += 4) if (data[i]) painted++;
          return painted;
        }
        """);
}
