"""The real samplers behind one interface: `ask(number)` gives a configuration, `tell(number, loss)` its result.

Both translate the same space file. A quantised uniform becomes the same set of values for both: Hyperopt's quniform
as it is written, Optuna's integer or stepped float over the multiples of q inside the bounds.
"""
import logging
import math
from importlib.metadata import version

import numpy as np

KINDS = ("choice", "uniform", "quniform", "loguniform")


def kind_of(node):
    """The distribution a node of the space tree names, or None for a literal or a plain map."""
    return next((k for k in KINDS if isinstance(node, dict) and k in node), None)


class Hyperopt:
    name = "hyperopt"

    def __init__(self, space, seed):
        import hyperopt
        logging.getLogger("hyperopt").setLevel(logging.ERROR)
        self._hp, self._suggest = hyperopt, hyperopt.tpe.suggest
        self._space = self._translate(space, "")
        self._domain = hyperopt.base.Domain(lambda configuration: 0.0, self._space)
        self._trials, self._rng = hyperopt.Trials(), np.random.default_rng(seed)
        self._documents = {}

    def _translate(self, node, path):
        kind, hp = kind_of(node), self._hp.hp
        if kind == "choice":
            return hp.choice(path, [self._translate(o, f"{path}/{i}") for i, o in enumerate(node["choice"])])
        if kind:
            return getattr(hp, kind)(path, *node[kind])
        if isinstance(node, dict):
            return {k: self._translate(v, f"{path}/{k}") for k, v in node.items()}
        return node

    def ask(self, number):
        seed = int(self._rng.integers(2 ** 31 - 1))  # as fmin draws it
        documents = self._suggest([number], self._domain, self._trials, seed)
        documents[0]["state"] = self._hp.JOB_STATE_RUNNING
        self._trials.insert_trial_docs(documents)
        self._trials.refresh()
        document = self._trials._dynamic_trials[-1]
        self._documents[number] = document
        values = {k: v[0] for k, v in document["misc"]["vals"].items() if v}
        return self._hp.space_eval(self._space, values)

    def tell(self, number, loss):
        document = self._documents.pop(number)
        document["state"] = self._hp.JOB_STATE_DONE
        document["result"] = {"status": self._hp.STATUS_OK, "loss": float(loss)}


class HyperoptRandom(Hyperopt):
    name = "random"

    def __init__(self, space, seed):
        super().__init__(space, seed)
        self._suggest = self._hp.rand.suggest


class Optuna:
    """TPESampler with the defaults of the installed version."""

    name = "optuna"

    def __init__(self, space, seed):
        import optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self._space, self._trials = space, {}
        self._study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))

    def ask(self, number):
        trial = self._study.ask()
        self._trials[number] = trial
        return {k: self._value(v, k, trial) for k, v in self._space.items()}

    def _value(self, node, path, trial):
        kind = kind_of(node)
        if kind == "choice":
            index = trial.suggest_categorical(path, list(range(len(node["choice"]))))
            return self._value(node["choice"][index], f"{path}/{index}", trial)
        if kind == "uniform":
            return trial.suggest_float(path, *node[kind])
        if kind == "loguniform":
            return trial.suggest_float(path, *(math.exp(b) for b in node[kind]), log=True)
        if kind == "quniform":
            low, high, q = node[kind]
            low, high = math.ceil(low / q) * q, math.floor(high / q) * q
            return trial.suggest_int(path, low, high, step=q)
        if isinstance(node, dict):
            return {k: self._value(v, f"{path}/{k}", trial) for k, v in node.items()}
        return node

    def tell(self, number, loss):
        self._study.tell(self._trials.pop(number), float(loss))


def installed():
    """The sampler of the virtual environment this runs in, and its version."""
    try:
        return Hyperopt, version("hyperopt")
    except ImportError:
        return Optuna, version("optuna")
