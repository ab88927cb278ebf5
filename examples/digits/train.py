"""A support vector machine on scikit-learn's digits; one epoch."""

from sklearn.datasets import load_digits
from sklearn.model_selection import cross_val_score
from sklearn.svm import SVC

import trialstream
from trialstream import hp

SPACE = {
    "kernel": hp.choice("kernel", ["linear", "rbf", "poly"]),
    "c": hp.loguniform("c", -5, 5),
    "gamma": hp.loguniform("gamma", -9, 0),
}


@trialstream.objective(space=SPACE)
def train(trial):
    images, labels = load_digits(return_X_y=True)
    machine = SVC(kernel=trial["kernel"], C=trial["c"], gamma=trial["gamma"])
    return {"val_accuracy": cross_val_score(machine, images / 16, labels, cv=3).mean()}


if __name__ == "__main__":
    trialstream.run()
