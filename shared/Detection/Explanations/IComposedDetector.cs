namespace Tidewatch.Detection.Explanations;

/// <summary>A detector made of several that can say what each of them said.</summary>
public interface IComposedDetector
{
    /// <summary>The members' scores of <paramref name="sample"/>; null where the detector has no members. Only for a warm detector; changes nothing.</summary>
    MemberScores? MembersOf(in Sample sample);
}
