"""Golden values of the metrics, by scikit-learn; run: python3 make_metrics.py > metrics.csv (numbers in versions.txt or its own comment below).

The rows are made by a small linear generator that the tests repeat, so that only the results are stored.
"""
import sys
import numpy as np
import sklearn
from sklearn import metrics as m

N, D = 400, 3
state = 12345
values = []
for _ in range(N * (D + 1)):
    state = (1103515245 * state + 12345) % 2**31
    values.append(state / 2**31)
values = np.array(values).reshape(N, D + 1)
labels = values[:, 0] > 0.85
rows = values[:, 1:] + labels[:, None] * np.array([0.5, 0.2, 0.0])
scores = np.round(rows[:, 0] + rows[:, 1], 2)
flags = scores >= 1.5
tn, fp, fn, tp = m.confusion_matrix(labels, flags).ravel()
precision, recall, _ = m.precision_recall_curve(labels, scores)
result = {
    "true_positives": tp, "false_positives": fp, "false_negatives": fn, "true_negatives": tn,
    "precision": m.precision_score(labels, flags), "recall": m.recall_score(labels, flags), "f1": m.f1_score(labels, flags),
    "specificity": m.recall_score(~labels, ~flags), "matthews": m.matthews_corrcoef(labels, flags),
    "roc_auc": m.roc_auc_score(labels, scores), "average_precision": m.average_precision_score(labels, scores),
    "pr_auc_trapezoid": m.auc(recall, precision), "silhouette": m.silhouette_score(rows, flags),
    "calinski_harabasz": m.calinski_harabasz_score(rows, flags), "davies_bouldin": m.davies_bouldin_score(rows, flags),
}
print(f"scikit-learn {sklearn.__version__}, numpy {np.__version__}", file=sys.stderr)
print("metric,value")
for name, value in result.items():
    print(f"{name},{float(value)!r}")
