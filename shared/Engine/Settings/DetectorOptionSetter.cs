using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Tidewatch.Detection;

namespace Tidewatch.Engine.Settings;

/// <summary>Sets options of detectors by name; those of a model within a detector by their own name.</summary>
internal static class DetectorOptionSetter
{
    /// <summary>Sets a whole number; false when there is no such option.</summary>
    public static bool TrySet(DetectorOptions options, string name, int value)
    {
        if (Find(options, name) is not ({ } owner, { } property) || property.PropertyType != typeof(int))
        {
            return false;
        }

        property.SetValue(owner, value);
        return true;
    }

    /// <summary>Sets an option from text; what is wrong, or null.</summary>
    public static string? Set(DetectorOptions options, string name, string text)
    {
        if (Find(options, name) is not ({ } owner, { } property))
        {
            return $"there is no option '{name}'; there are {string.Join(", ", Settable(options).Select(p => p.Property.Name))}";
        }

        var converter = TypeDescriptor.GetConverter(property.PropertyType);
        if (!converter.CanConvertFrom(typeof(string)) || !converter.IsValid(text))
        {
            return $"{property.Name} '{text}' is no {property.PropertyType.Name}";
        }

        property.SetValue(owner, converter.ConvertFromString(null, CultureInfo.InvariantCulture, text));
        return null;
    }

    private static (DetectorOptions? Owner, PropertyInfo? Property) Find(DetectorOptions options, string name) =>
        Settable(options).FirstOrDefault(p => string.Equals(p.Property.Name, name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(DetectorOptions Owner, PropertyInfo Property)> Settable(DetectorOptions options)
    {
        var properties = options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToArray();
        var nested = properties.Select(p => p.GetValue(options)).OfType<DetectorOptions>();
        return [.. properties.Where(p => !p.PropertyType.IsAssignableTo(typeof(DetectorOptions))).Select(p => (options, p)), .. nested.SelectMany(Settable)];
    }
}
