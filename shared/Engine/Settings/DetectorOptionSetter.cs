using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Tidewatch.Detection;

namespace Tidewatch.Engine.Settings;

/// <summary>Sets options of detectors by name.</summary>
internal static class DetectorOptionSetter
{
    /// <summary>Sets a whole number; false when there is no such option.</summary>
    public static bool TrySet(DetectorOptions options, string name, int value)
    {
        if (Find(options, name) is not { } property || property.PropertyType != typeof(int))
        {
            return false;
        }

        property.SetValue(options, value);
        return true;
    }

    /// <summary>Sets an option from text; what is wrong, or null.</summary>
    public static string? Set(DetectorOptions options, string name, string text)
    {
        if (Find(options, name) is not { } property)
        {
            return $"there is no option '{name}'; there are {string.Join(", ", Settable(options).Select(p => p.Name))}";
        }

        var converter = TypeDescriptor.GetConverter(property.PropertyType);
        if (!converter.CanConvertFrom(typeof(string)) || !converter.IsValid(text))
        {
            return $"{property.Name} '{text}' is no {property.PropertyType.Name}";
        }

        property.SetValue(options, converter.ConvertFromString(null, CultureInfo.InvariantCulture, text));
        return null;
    }

    private static PropertyInfo? Find(DetectorOptions options, string name) => Settable(options).FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<PropertyInfo> Settable(DetectorOptions options) => options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);
}
