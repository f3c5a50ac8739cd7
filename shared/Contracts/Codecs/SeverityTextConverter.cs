using System.ComponentModel;
using System.Globalization;

namespace Tidewatch.Contracts.Codecs;

/// <summary>Severities in settings: their own names and their aliases.</summary>
internal sealed class SeverityTextConverter() : EnumConverter(typeof(Severity))
{
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text && SeverityAlias.TryParse(text, out var severity) ? severity : base.ConvertFrom(context, culture, value);
}
