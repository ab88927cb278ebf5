"""Programs and clients of Trialstream.

A program that a trainer starts for each trial::

    import trialstream

    @trialstream.objective
    def train(trial):
        for epoch in trial.epochs():
            ...
            trial.report(epoch, val_accuracy=accuracy)

    if __name__ == "__main__":
        trialstream.run()

A client::

    client = trialstream.Client("http://127.0.0.1:8080")
    study = client.create({...})
"""

from . import hp
from .client import Client, Problem, ProblemError, UnreachableError
from .program import objective, run
from .trial import Infeasible, Pruned, Stopped, Trial

__all__ = [
    "Client",
    "Infeasible",
    "Problem",
    "ProblemError",
    "Pruned",
    "Stopped",
    "Trial",
    "UnreachableError",
    "hp",
    "objective",
    "run",
]
