using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Tidewatch.ServiceDefaults;

/// <summary>One configuration section and the options type it must fit.</summary>
public sealed record StrictSection(string Name, IConfigurationSection Source, Type OptionsType)
{
    /// <summary>Every unknown key, unreadable value and broken bound of the section.</summary>
    public IEnumerable<string> Errors()
    {
        var errors = Check(Source, OptionsType, Name).ToList();
        if (errors.Count == 0 && Source.Get(OptionsType) is { } options)
        {
            errors.AddRange(Invalid(options, Name));
        }

        return errors;
    }

    private static IEnumerable<string> Check(IConfigurationSection source, Type type, string path)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in source.GetChildren())
        {
            var where = $"{path}:{child.Key}";
            if (!properties.TryGetValue(child.Key, out var property))
            {
                yield return $"{where} is not a setting; {path} knows {string.Join(", ", properties.Keys.Order(StringComparer.Ordinal))}";
            }
            else
            {
                foreach (var error in CheckValue(child, property.PropertyType, where))
                {
                    yield return error;
                }
            }
        }
    }

    private static IEnumerable<string> CheckValue(IConfigurationSection child, Type type, string where)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || typeof(IDictionary).IsAssignableFrom(type) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)))
        {
            return [];
        }

        if (ElementOf(type) is { } element)
        {
            return child.GetChildren().SelectMany(item => CheckValue(item, element, $"{where}:{item.Key}"));
        }

        var converter = TypeDescriptor.GetConverter(type);
        if (!converter.CanConvertFrom(typeof(string)))
        {
            return Check(child, type, where);
        }

        return string.IsNullOrEmpty(child.Value) || Reads(converter, child.Value) ? [] : [$"{where} is '{child.Value}', not {Wanted(type)}"];
    }

    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0]
        : null;

    private static bool Reads(TypeConverter converter, string text)
    {
        try
        {
            return converter.ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Wanted(Type type) =>
        type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type))
        : type == typeof(TimeSpan) ? "a duration such as 00:00:10"
        : type == typeof(bool) ? "true or false"
        : type == typeof(Uri) ? "an address"
        : "a number";

    private static IEnumerable<string> Invalid(object options, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            yield return $"{path}:{string.Join(",", result.MemberNames)}: {result.ErrorMessage}";
        }

        foreach (var property in options.GetType().GetProperties().Where(p => p.PropertyType.IsClass && p.PropertyType.Namespace?.StartsWith("Tidewatch", StringComparison.Ordinal) == true))
        {
            foreach (var error in property.GetValue(options) is { } value ? Invalid(value, $"{path}:{property.Name}") : [])
            {
                yield return error;
            }
        }
    }
}
