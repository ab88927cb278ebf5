"""Time of one suggestion of the real peer on the space of `bench-speed`, at several lengths of the history.

    .venv-hyperopt/bin/python speed_peers.py --trials 100,1000,10000

Writes the median and all times to results/speed-PEER-VERSION.json. The history is inserted as finished trials, so that
only the suggestions are timed.
"""
import argparse
import json
import math
import pathlib
import random
import statistics
import time

import peer_samplers
import problems


def random_values(node, path, rng, values):
    """A random configuration, and beside it the number of each active parameter by path."""
    kind = peer_samplers.kind_of(node)
    if kind == "choice":
        values[path] = index = rng.randrange(len(node["choice"]))
        return random_values(node["choice"][index], f"{path}/{index}", rng, values)
    if kind:
        low, high = node[kind][:2]
        value = rng.uniform(low, high)
        if kind == "loguniform":
            value = math.exp(value)
        if kind == "quniform":
            value = round(value / node[kind][2]) * node[kind][2]
        values[path] = value
        return value
    if isinstance(node, dict):
        return {k: random_values(v, f"{path}/{k}" if path else k, rng, values) for k, v in node.items()}
    return node


def fill_hyperopt(sampler, space, history):
    import hyperopt
    trials, labels = sampler._trials, list(sampler._domain.params)
    documents = []
    for tid, (values, loss) in enumerate(history):
        active = {f"/{k}" if not k.startswith("/") else k: v for k, v in values.items()}
        misc = {"tid": tid, "cmd": sampler._domain.cmd, "workdir": None,
                "idxs": {k: [tid] if k in active else [] for k in labels},
                "vals": {k: [active[k]] if k in active else [] for k in labels}}
        document = trials.new_trial_docs([tid], [None], [{"status": "ok", "loss": loss}], [misc])[0]
        document["state"] = hyperopt.JOB_STATE_DONE
        documents.append(document)
    trials.insert_trial_docs(documents)
    trials.refresh()


def fill_optuna(sampler, space, history):
    import optuna
    distributions = {}

    class Recorder:
        """Stands in for a trial to learn each parameter's distribution by the sampler's own translation."""

        def __init__(self, values):
            self.values, self.params = values, {}

        def _record(self, path, value, distribution):
            distributions[path] = distribution
            self.params[path] = value
            return value

        def suggest_categorical(self, path, choices):
            return self._record(path, self.values[path], optuna.distributions.CategoricalDistribution(choices))

        def suggest_float(self, path, low, high, log=False):
            return self._record(path, min(max(self.values[path], low), high),
                                optuna.distributions.FloatDistribution(low, high, log=log))

        def suggest_int(self, path, low, high, step=1):
            return self._record(path, int(min(max(self.values[path], low), high)),
                                optuna.distributions.IntDistribution(low, high, step=int(step)))

    for values, loss in history:
        recorder = Recorder(values)
        for key, node in space.items():
            sampler._value(node, key, recorder)
        sampler._study.add_trial(optuna.trial.create_trial(
            params=recorder.params, distributions={k: distributions[k] for k in recorder.params}, value=loss))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--trials", default="100,1000,10000")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--out", default=str(problems.HERE.parent / "results"))
    arguments = options.parse_args()
    cls, package_version = peer_samplers.installed()
    problem = problems.problem("convnet", ".")
    results = []
    for count in (int(n) for n in arguments.trials.split(",")):
        rng, history = random.Random(20261123), []
        while len(history) < count:
            values = {}
            configuration = random_values(problem.space, "", rng, values)
            history.append((values, problem.loss(configuration, None)))
        sampler = cls(problem.space, 1)
        (fill_hyperopt if cls.name == "hyperopt" else fill_optuna)(sampler, problem.space, history)
        seconds = []
        for run in range(arguments.runs + 1):
            began = time.perf_counter()
            configuration = sampler.ask(count + run)
            seconds.append(time.perf_counter() - began)
            sampler.tell(count + run, problem.loss(configuration, None))
        seconds = seconds[1:]  # the first one warms up
        results.append({"trials": count, "median_ms": 1000 * statistics.median(seconds),
                        "ms": [round(1000 * s, 2) for s in seconds]})
        print(cls.name, package_version, results[-1], flush=True)
    path = pathlib.Path(arguments.out) / f"speed-{cls.name}-{package_version}.json"
    path.write_text(json.dumps({"peer": cls.name, "version": package_version, "runs": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
