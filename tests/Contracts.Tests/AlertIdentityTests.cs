using Shouldly;
using Xunit;

namespace Tidewatch.Contracts.Tests;

public sealed class AlertIdentityTests
{
    /// <summary>python3 -c "import hashlib,base64,struct;print(base64.b32encode(hashlib.sha256(b't\0'+struct.pack('>iqi',1,2,3)+b'd').digest()).decode().lower()[:26])"</summary>
    [Fact]
    public void Id_IsBase32OfSha256() => AlertIdentity.Id("t", 1, 2, "d", 3).ShouldBe("js4v4cfmcdivfxut74nlhyhoe3");

    [Fact]
    public void Id_EveryPart_Matters() => new[]
    {
        AlertIdentity.Id("t", 1, 2, "d", 3), AlertIdentity.Id("u", 1, 2, "d", 3), AlertIdentity.Id("t", 2, 2, "d", 3),
        AlertIdentity.Id("t", 1, 3, "d", 3), AlertIdentity.Id("t", 1, 2, "e", 3), AlertIdentity.Id("t", 1, 2, "d", 4),
    }.Distinct(StringComparer.Ordinal).Count().ShouldBe(6);
}
