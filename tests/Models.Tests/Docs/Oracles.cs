namespace Tidewatch.Models.Tests.Docs;

/// <summary>For each detector: what it is held against, and the test that does it.</summary>
internal static class Oracles
{
    private const string Gradients = "its gradients by central differences; a broken rhythm";
    private const string Window = "the stream form by the batch form on its window";
    private static readonly Dictionary<string, (string Against, string Test)> All = new(StringComparer.Ordinal)
    {
        ["adversarial"] = (Gradients, "GradientTests.Backward_EveryWeight_MatchesCentralDifferences"),
        ["auto"] = ("the choice that the kind of series asks for", "AutoDetectorTests.Learn_SeriesThatLooksLikeThis_ChoosesThat"),
        ["autoencoder"] = (Gradients, "GradientTests.Backward_EveryWeight_MatchesCentralDifferences"),
        ["autoregression"] = ("the regularised least-squares solution; a noise-free wave", "StatisticalDetectorTests.RecursiveLeastSquares_NoForgetting_ReachesTheRegularisedSolution"),
        ["calendar-residual"] = ("a series made of its own terms", "StreamOracleTests.CalendarResidual_WavesAndSundays_ForecastsThem"),
        ["cblof"] = ($"PyOD, ranks and AUC; {Window}", "BatchOracleTests.Cblof_EightClusters_RanksLikePyod"),
        ["community-change"] = ("a feature that changes sides", "RelationDetectorTests.CommunityChange_FeatureChangesSides_IsAnomalous"),
        ["contextual"] = ("a pair that does not belong together", "RelationDetectorTests.Contextual_LoadWithoutRequests_IsAnomalous"),
        ["convolution-memory"] = (Gradients, "GradientTests.Backward_EveryWeight_MatchesCentralDifferences"),
        ["copod"] = ($"PyOD to 1e-12; {Window}", "BatchOracleTests.Copod_Table_EqualsPyod"),
        ["cusum"] = ("Montgomery's recurrence, worked by hand", "ControlChartTests.Cusum_SmallShift_AddsUp"),
        ["dbscan"] = ($"scikit-learn's noise, row by row; {Window}", "ScikitLearnTests.FitScore_RandomTable_AgreesWithScikitLearn"),
        ["ecod"] = ($"PyOD to 1e-12; {Window}", "BatchOracleTests.Ecod_Table_EqualsPyod"),
        ["ewma"] = ("pandas' recurrence", "StatisticalDetectorTests.Ewma_Series_FollowsTheRecurrence"),
        ["ewma-chart"] = ("the published ratio, worked by hand", "ControlChartTests.EwmaChart_SecondValue_IsTheWorkedRatio"),
        ["extended-isolation-forest"] = ("scikit-learn without slant; the paper's two clusters", "ExtendedIsolationForestTests.Score_TwoClusters_NoGhostsAtTheEmptyCorners"),
        ["gmm"] = ($"PyOD to .01; {Window}", "BatchOracleTests.Gmm_TwoComponents_EqualsPyod"),
        ["graph-deviation"] = ("Pearson's correlation; a pair that does not belong together", "RelationDetectorTests.GraphDeviation_FeatureAgainstItsNeighbor_IsAnomalous"),
        ["half-space-trees"] = ("river's ranks; one tree by hand", "HalfSpaceTreesTests.Mass_MeanOfTenSeeds_RanksLikeRiver"),
        ["hbos"] = ($"PyOD to 1e-9; {Window}", "BatchOracleTests.Hbos_TenBins_EqualsPyod"),
        ["history-ensemble"] = ("rows that one member alone finds", "HistoryEnsembleTests.Rows_that_either_member_finds_stand_above_all_of_history"),
        ["holt-winters"] = ("statsmodels", "SeasonalDetectorTests.HoltWinters_Additive_EqualsStatsmodels"),
        ["hour-of-day-residual"] = ("the formula, worked by hand", "DefaultEnsembleTests.HourOfDayResidual_HandWorkedSlot_IsTheFormula"),
        ["hour-of-week"] = ("a peak on Sundays alone", "StatisticalDetectorTests.HourOfWeek_SundayPeak_IsUsualOnSundayAlone"),
        ["iqr"] = ("Tukey's fence, worked by hand", "StatisticalDetectorTests.Interquartile_AtTheFence_ScoresHalf"),
        ["isolation-forest"] = ("scikit-learn; its own trees, node by node; the stream form by the batch form", "ScikitIsolationForestTests.Score_ThirtySeeds_IsScikitLearns"),
        ["knn"] = ($"PyOD to 1e-12; {Window}", "BatchOracleTests.Knn_FiveLargest_EqualsPyod"),
        ["knn-cad"] = ("the authors' scores on a file of NAB", "ShapeDetectorTests.KnnCad_NabFile_EqualsTheAuthorsScores"),
        ["left-discord"] = ("stumpy's left matrix profile; brute force", "StreamOracleTests.LeftDiscord_Series_IsStumpysLeftProfile"),
        ["local-polynomial"] = ("a polynomial of its degree", "ShapeDetectorTests.Extrapolation_Polynomial_IsExact"),
        ["lof"] = ($"PyOD to 1e-9; {Window}", "BatchOracleTests.Lof_Twenty_EqualsPyod"),
        ["lstm-autoencoder"] = (Gradients, "GradientTests.Backward_EveryWeight_MatchesCentralDifferences"),
        ["mahalanobis"] = ("scikit-learn to 1e-9; the stream form by the batch form", "BatchOracleTests.Mahalanobis_Table_EqualsScikitLearn"),
        ["mcd"] = ($"scikit-learn to 1e-6; {Window}", "BatchOracleTests.Mcd_Table_EqualsScikitLearn"),
        ["modified-z-score"] = ("the published formula, worked by hand", "StatisticalDetectorTests.ModifiedZScore_WorkedCase_IsThePublishedFormula"),
        ["moving-average"] = ("the direct formula", "StatisticalDetectorTests.MovingAverage_Series_MatchesTheDirectFormula"),
        ["multi-scale-discord"] = ("brute force", "ShapeDetectorTests.MultiScaleDiscord_Series_EqualsBruteForce"),
        ["one-class-svm"] = ($"PyOD and scikit-learn to .005; {Window}", "BatchOracleTests.OneClassSvm_RbfNu05_EqualsPyod"),
        ["online-isolation-forest"] = ("a tree by hand; planted outliers", "OnlineModelTests.OnlineIsolationTree_LearnAndForget_SplitsAndJoins"),
        ["online-one-class-svm"] = ("ranks of the exact solution", "OnlineModelTests.OnlineOneClassSvm_ManyPasses_RanksLikeTheExactSolution"),
        ["onnx"] = ("a model exported by Python's onnx; a weighted sum", "OnnxTests.Score_ModelMadeByPythonsOnnx_IsTheWeightedSum"),
        ["pca"] = ($"scikit-learn to 1e-9; {Window}", "BatchOracleTests.Pca_AllComponents_IsTheMahalanobisDistance"),
        ["random-cut-forest"] = ("rrcf's ranks; forests grown anew; a few points by hand", "RandomCutForestTests.Displacement_FortyTreesShingleFour_AgreesWithRrcf"),
        ["randomized-pca"] = ("ML.NET itself; a row beside a line", "MachineLearningTests.RandomizedPca_RowsOnALine_FindsTheRowBesideIt"),
        ["range-novelty"] = ("the formula, worked by hand", "DefaultEnsembleTests.RangeNovelty_Beyond_IsTheShareOfTheRange"),
        ["relative-entropy"] = ("the formula, worked by hand", "DefaultEnsembleTests.RelativeEntropy_OtherHalfOfTheRange_IsTheFormula"),
        ["rolling-rms"] = ("the direct formula", "StatisticalDetectorTests.RollingRms_Shift_RisesOverTheWindow"),
        ["shewhart"] = ("the Western Electric rules, worked by hand", "ControlChartTests.Shewhart_WesternElectric_RaisesToThree"),
        ["silence"] = ("the formula, worked by hand", "StatisticalDetectorTests.Silence_ThreeUsualIntervals_ScoresHalf"),
        ["spectral-residual"] = ("numpy", "SeasonalDetectorTests.SpectralResidual_Series_EqualsNumpy"),
        ["spot"] = ("the normal distribution's quantile; the likeliest tail of a grid", "StreamOracleTests.Spot_NormalValues_LimitsOnceInTenThousand"),
        ["stl"] = ("statsmodels", "SeasonalDetectorTests.Stl_RobustPeriod24_EqualsStatsmodels"),
        ["stuck-value"] = ("the formula, worked by hand", "ShapeDetectorTests.StuckValue_RunOfTen_ScoresHalf"),
        ["surprise-ensemble"] = ("the weights by hand; a day that is missing", "DefaultEnsembleTests.SurpriseEnsemble_DailySeriesWithAMissingDay_ScoresTheMissingDayHighest"),
        ["tabular-ensemble"] = ("the direct formula", "StreamOracleTests.TabularEnsemble_TwoMembers_IsTheDirectFormula"),
        ["variational-autoencoder"] = (Gradients, "GradientTests.Backward_EveryWeight_MatchesCentralDifferences"),
        ["z-score"] = ("the direct formula", "StreamOracleTests.ZScore_Series_IsTheDirectFormula"),
    };

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Throws for a detector that nothing outside of itself holds.</summary>
    public static (string Against, string Test) Of(string name) =>
        All.TryGetValue(name, out var oracle) ? oracle : throw new KeyNotFoundException($"'{name}' is held against nothing outside of itself: write a test and name it in {nameof(Oracles)}");
}
