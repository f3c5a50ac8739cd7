using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Tidewatch.ServiceDefaults.Tests;

public sealed class StrictOptionsTests
{
    [Fact]
    public void Validate_GoodValues_BindsThem() =>
        Services(("Demo:Window", "20"), ("Demo:Every", "00:00:05"), ("Demo:Parts:0:Name", "a")).GetRequiredService<IOptions<Demo>>().Value
            .ShouldSatisfyAllConditions(o => o.Window.ShouldBe(20), o => o.Every.ShouldBe(TimeSpan.FromSeconds(5)), o => o.Parts[0].Name.ShouldBe("a"));

    [Fact]
    public void Validate_SeveralErrors_AreNamedTogether()
    {
        var services = Services(("Demo:Windwo", "20"), ("Demo:Every", "soon"), ("Demo:Mode", "Sideways"), ("Demo:Inner:Nam", "x"), ("Demo:Parts:0:Nmae", "y"));
        var errors = Should.Throw<ConfigurationException>(services.GetRequiredService<IStartupValidator>().Validate).Errors;
        errors.Count.ShouldBe(5);
        errors.ShouldContain(e => e.Contains("Demo:Windwo is not a setting"));
        errors.ShouldContain(e => e.Contains("Demo:Every is 'soon', not a duration"));
        errors.ShouldContain(e => e.Contains("Demo:Mode is 'Sideways', not one of Up, Down"));
        errors.ShouldContain(e => e.Contains("Demo:Inner:Nam"));
        errors.ShouldContain(e => e.Contains("Demo:Parts:0:Nmae"));
    }

    [Fact]
    public void Validate_OutOfRange_NamesSettingAndRange()
    {
        var services = Services(("Demo:Window", "0"), ("Demo:Inner:Name", ""));
        var errors = Should.Throw<ConfigurationException>(services.GetRequiredService<IStartupValidator>().Validate).Errors;
        errors.ShouldContain(e => e.Contains("Demo:Window") && e.Contains("between 1 and 100"));
    }

    [Fact]
    public void AddStrictOptions_Twice_IsHarmless()
    {
        var configuration = Configuration(("Demo:Windwo", "1"));
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddStrictOptions<Demo>(configuration, "Demo").AddStrictOptions<Demo>(configuration, "Demo").BuildServiceProvider();
        Should.Throw<ConfigurationException>(services.GetRequiredService<IStartupValidator>().Validate).Errors.Count.ShouldBe(1);
    }

    [Fact]
    public void Validate_SectionsOfOneParent_RefusesAnUnknownSibling()
    {
        var configuration = Configuration(("Out:Demo:Window", "20"), ("Out:Dmeo:Window", "20"));
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddStrictOptions<Demo>(configuration, "Out:Demo").BuildServiceProvider();
        Should.Throw<ConfigurationException>(services.GetRequiredService<IStartupValidator>().Validate).Errors.ShouldBe(["Out:Dmeo is not a setting; Out knows Demo"]);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = Configuration(settings);
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddStrictOptions<Demo>(configuration, "Demo").BuildServiceProvider();
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();

    public enum Mode
    {
        Up,
        Down,
    }

    public sealed record Demo
    {
        [Range(1, 100)]
        public int Window { get; init; } = 10;

        public TimeSpan Every { get; init; }

        public Mode Mode { get; init; }

        public Inner Inner { get; init; } = new();

        public IReadOnlyList<Inner> Parts { get; init; } = [];
    }

    public sealed record Inner
    {
        public string Name { get; init; } = "";
    }
}
