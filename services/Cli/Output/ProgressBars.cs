using Spectre.Console;

namespace Tidewatch.Cli.Output;

/// <summary>Progress on the terminal's error stream; nothing where that is no terminal.</summary>
/// <param name="errors">Where messages go.</param>
internal sealed class ProgressBars(TextWriter errors)
{
    private readonly IAnsiConsole? _console = errors == Console.Error && !Console.IsErrorRedirected
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(errors) })
        : null;

    /// <summary>Never shows anything.</summary>
    public static ProgressBars None { get; } = new(TextWriter.Null);

    /// <summary>Does the work under a bar; the work tells its share from 0 to 1, or a negative number when it does not know.</summary>
    public T Run<T>(string title, Func<Action<double>, T> work) =>
        _console is null ? work(_ => { }) : Bar(_console).Start(context => work(Teller(context, title)));

    /// <inheritdoc cref="Run{T}"/>
    public async Task<T> RunAsync<T>(string title, Func<Action<double>, Task<T>> work) =>
        _console is null ? await work(_ => { }) : await Bar(_console).StartAsync(context => work(Teller(context, title)));

    private static Progress Bar(IAnsiConsole console) => console.Progress().AutoClear(true).HideCompleted(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn());

    private static Action<double> Teller(ProgressContext context, string title)
    {
        var task = context.AddTask(Markup.Escape(title), maxValue: 1);
        return share =>
        {
            task.IsIndeterminate = share < 0;
            task.Value = Math.Max(0, share);
        };
    }
}
