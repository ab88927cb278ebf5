"""Logistic regression on two generated clouds of points, in plain Python."""

import json
import math
import os
import random
import time

import trialstream
from trialstream import hp

SPACE = {
    "lr": hp.loguniform("lr", -7, 1),
    "momentum": hp.choice("momentum", [None, hp.uniform("momentum_value", 0.5, 0.99)]),
    "decay": hp.loguniform("decay", -12, -2),
}


def points(count, generator):
    """Points around (1, 1) and (-1, -1), with their class."""
    for _ in range(count):
        label = generator.randrange(2)
        centre = 2 * label - 1
        yield [generator.gauss(centre, 1.5), generator.gauss(centre, 1.5), 1.0], label


def probability(weights, inputs):
    return 1 / (1 + math.exp(-max(-30, min(30, sum(w * x for w, x in zip(weights, inputs))))))


@trialstream.objective(space=SPACE)
def train(trial):
    data = random.Random(0)
    training, validation = list(points(400, data)), list(points(200, data))
    weights, velocity = [0.0] * 3, [0.0] * 3
    if trial.resume_directory:
        weights, velocity = json.loads((trial.resume_directory / "weights.json").read_text())
    momentum = trial["momentum"] or 0.0
    for epoch in trial.epochs():
        random.Random(trial.seed + epoch).shuffle(training)
        for inputs, label in training:
            error = probability(weights, inputs) - label
            for i, value in enumerate(inputs):
                velocity[i] = momentum * velocity[i] - trial["lr"] * (error * value + trial["decay"] * weights[i])
                weights[i] += velocity[i]
        time.sleep(float(os.environ.get("EPOCH_SECONDS", 0)))
        right = sum((probability(weights, inputs) > 0.5) == bool(label) for inputs, label in validation)
        with trial.checkpoint() as directory:
            (directory / "weights.json").write_text(json.dumps([weights, velocity]))
        trial.report(epoch, val_accuracy=right / len(validation))
    (trial.artifact_directory / "weights.json").write_text(json.dumps(weights))


if __name__ == "__main__":
    trialstream.run()
