using System.IO.MemoryMappedFiles;
using Microsoft.Extensions.Logging;

namespace Tidewatch.Kafka.Partitions.Marks;

/// <summary>The marks of a process in a file mapped into its memory. It must outlive the process, not the machine: where it is lost, counting begins again.</summary>
/// <remarks>A file that cannot be had costs the marks, never the detection.</remarks>
public sealed unsafe partial class CrashMarkFile : ICrashMarks, IDisposable
{
    private const int Marks = 4_096;
    private readonly FileStream? _file;
    private readonly MemoryMappedFile? _mapping;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _memory;
    private readonly ILogger _logger;

    /// <param name="options">Where the file is, and whose: made when it is not there.</param>
    /// <param name="logger">For a file that cannot be had.</param>
    public CrashMarkFile(LoopOptions options, ILogger<CrashMarkFile> logger)
    {
        _logger = logger;
        var path = Path.Combine(options.MarksDirectory, $"tidewatch-{options.Group}-{options.InstanceId}.marks");
        try
        {
            // Not shared: a second process of the same name, which the group will fence, must not take this one's record for its own death.
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            _file.SetLength(Marks * CrashMark.Size);
            _mapping = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            _view = _mapping.CreateViewAccessor();
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _memory);
            for (var i = 0; i < Marks && At(i) is { IsFree: false } mark; i++)
            {
                mark.Begin();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNoMarks(path, e.Message);
        }
    }

    public ICrashMark Of(InputPartition partition)
    {
        for (var i = 0; i < Marks && _memory is not null; i++)
        {
            var mark = At(i);
            if (mark.IsFree && TryReserve(i))
            {
                mark.Give(partition);
            }

            if (mark.IsFree || mark.IsOf(partition))
            {
                return mark.IsFree ? NoCrashMarks.Instance : mark;
            }
        }

        return NoCrashMarks.Instance;
    }

    public void Dispose()
    {
        if (_memory is not null)
        {
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        _view?.Dispose();
        _mapping?.Dispose();
        _file?.Dispose();
    }

    /// <summary>Has the disk give the bytes now: a store to a page that a full disk cannot give would end the process.</summary>
    private bool TryReserve(int number)
    {
        try
        {
            RandomAccess.Write(_file!.SafeFileHandle, new byte[CrashMark.Size], (long)number * CrashMark.Size);
            return true;
        }
        catch (IOException e)
        {
            LogNoMarks(_file!.Name, e.Message);
            return false;
        }
    }

    private CrashMark At(int number) => new(_memory + ((long)number * CrashMark.Size));

    [LoggerMessage(EventId = 160, Level = LogLevel.Warning, Message = "{Path} cannot be written: {Reason}; a record that ends the process will end the next one too. Set Detector:MarksDirectory to a folder that outlives the process")]
    private partial void LogNoMarks(string path, string reason);
}
