using Microsoft.AspNetCore.Http.HttpResults;

namespace Tidewatch.Api.Endpoints;

/// <summary>Errors as RFC 9457 problem documents that name the value and the remedy.</summary>
public static class Problems
{
    public static ProblemHttpResult OutOfRange(string parameter, int value, int least, int most) =>
        TypedResults.Problem($"{parameter} is {value}; it must be {least} to {most}.", statusCode: StatusCodes.Status400BadRequest);

    public static ProblemHttpResult NotFound(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound);

    public static ProblemHttpResult BadRequest(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
