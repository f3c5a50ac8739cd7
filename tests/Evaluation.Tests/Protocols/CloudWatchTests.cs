using Shouldly;
using Tidewatch.Detection.Profiles;
using Tidewatch.Evaluation.Nab;
using Tidewatch.Evaluation.Protocols;

namespace Tidewatch.Evaluation.Tests.Protocols;

public sealed class CloudWatchTests
{
    [Theory]
    [InlineData("hosts")]
    public void Of_FiveFiles_FindsSevenOfEightWithFewFalse(string profile)
    {
        var series = NabCorpus.Load(LabelledData.Require("nab")).Only([.. CloudWatch.Files]).Series;
        series.Sum(s => s.Windows.Count).ShouldBe(8);
        var alerts = series.Select(s => CloudWatch.Of(s, ProfileCatalog.Get(profile).Build())).ToArray();
        alerts.Sum(a => a.Found).ShouldBeGreaterThanOrEqualTo(7);
        alerts.Sum(a => a.Alarms).ShouldBeLessThan(13);
        alerts.Sum(a => a.False).ShouldBeLessThanOrEqualTo(4);
    }
}
