"""Scores of a table (CSV without header on stdin) by scikit-learn, a column each, larger is more anomalous. Run by ScikitLearnTests."""
import sys, warnings
import numpy as np
from sklearn.cluster import DBSCAN
from sklearn.covariance import MinCovDet
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import LocalOutlierFactor, NearestNeighbors
from sklearn.svm import OneClassSVM

warnings.filterwarnings("ignore")
x = np.loadtxt(sys.stdin, delimiter=",", ndmin=2)


def hotelling_and_residual(x):
    """Hotelling's T2 of all components: the classic squared Mahalanobis distance."""
    p = PCA().fit(x)
    return (p.transform(x) ** 2 / (p.explained_variance_ * (len(x) - 1) / len(x))).sum(1)


scores = {
    "isolation_forest": np.mean([-IsolationForest(n_estimators=100, max_samples=256, random_state=k).fit(x).score_samples(x) for k in range(8)], axis=0),
    "lof": -LocalOutlierFactor(n_neighbors=20).fit(x).negative_outlier_factor_,
    "knn": NearestNeighbors(n_neighbors=6).fit(x).kneighbors(x)[0][:, -1],
    "one_class_svm": -OneClassSVM(nu=.05, gamma="scale", tol=1e-5).fit(x).decision_function(x),
    "gmm": -GaussianMixture(n_components=2, random_state=0, n_init=5, tol=1e-6, max_iter=1000).fit(x).score_samples(x),
    "mcd": MinCovDet(random_state=0).fit(x).mahalanobis(x),
    "dbscan_noise": (DBSCAN(eps=1.2, min_samples=5).fit(x).labels_ == -1).astype(float),
    "pca": hotelling_and_residual(x),
}
print(",".join(scores))
np.savetxt(sys.stdout, np.column_stack(list(scores.values())), delimiter=",", fmt="%.17g")
