"""Simulates the peer of the running virtual environment with asynchronous workers on a virtual clock.

    .venv-optuna5/bin/python simulate_peers.py --data FOLDER_OF_TABLES --problems nn_phoneme,branin --workers 1,8 --seeds 100

Durations are log-normal with sigma 0.5; the observation is the result of one random training seed; the regret is the
mean of the best *observed* configuration less the best mean. Seeds that are in the result file are not run again, so it
can be stopped and started at will.
"""
import argparse
import heapq
import json
import math
import pathlib
import statistics
import time

import numpy as np

import peer_samplers
import problems

STEP = 10  # seeds between two writes


def simulate(problem, sampler, workers, seed):
    """Regret of the incumbent after all evaluations, and how many configurations were repeats."""
    clock, running, order = 0.0, [], 0
    best_loss, incumbent, seen, repeats = math.inf, None, set(), 0

    def start(number, now):
        nonlocal repeats
        configuration = sampler.ask(number)
        key = json.dumps(configuration, sort_keys=True, default=float)
        repeats += key in seen
        seen.add(key)
        rng = np.random.default_rng([seed, number])  # duration and observation do not depend on the sampler
        duration = math.exp(0.5 * rng.normal())
        heapq.heappush(running, (now + duration, number, configuration, problem.loss(configuration, rng)))

    for order in range(min(workers, problem.evals)):
        start(order, 0.0)
    started = min(workers, problem.evals)
    while running:
        clock, number, configuration, loss = heapq.heappop(running)
        sampler.tell(number, loss)
        if loss < best_loss:
            best_loss, incumbent = loss, configuration
        if started < problem.evals:
            start(started, clock)
            started += 1
    return problem.regret(incumbent), repeats


def extend(run, pairs):
    """Adds the outcomes of further seeds to a run."""
    repeats = run["duplicates"] * run["seeds"] * run["evals"] + sum(d for _, d in pairs)
    run["regrets"] += [float(f"{r:.6g}") for r, _ in pairs]
    run["seeds"] = len(run["regrets"])
    run["mean_regret"] = statistics.fmean(run["regrets"])
    run["standard_error"] = statistics.stdev(run["regrets"]) / math.sqrt(run["seeds"])
    run["duplicates"] = repeats / run["seeds"] / run["evals"]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default=".", help="folder of the tables")
    options.add_argument("--problems", required=True)
    options.add_argument("--workers", default="1")
    options.add_argument("--seeds", type=int, default=100)
    options.add_argument("--random", action="store_true", help="Hyperopt's random search instead of its TPE")
    options.add_argument("--out", default=str(problems.HERE.parent / "results"))
    arguments = options.parse_args()

    sampler, package_version = peer_samplers.installed()
    if arguments.random:
        sampler = peer_samplers.HyperoptRandom
    path = pathlib.Path(arguments.out) / f"peer-{sampler.name}-{package_version}.json"
    results = json.loads(path.read_text()) if path.exists() else {"peer": sampler.name, "version": package_version, "runs": []}
    for name in arguments.problems.split(","):
        problem = problems.problem(name, arguments.data)
        for workers in (int(w) for w in arguments.workers.split(",")):
            began, run = time.monotonic(), next((r for r in results["runs"] if (r["problem"], r["workers"]) == (name, workers)), None)
            if run is None:
                run = {"problem": name, "workers": workers, "evals": problem.evals, "seeds": 0, "duplicates": 0.0, "regrets": []}
                results["runs"].append(run)
            while run["seeds"] < arguments.seeds:
                seeds = range(run["seeds"], min(run["seeds"] + STEP, arguments.seeds))
                extend(run, [simulate(problem, sampler(problem.space, seed), workers, seed) for seed in seeds])
                lines = ",\n  ".join(json.dumps(r) for r in results["runs"])
                path.write_text(f'{{"peer": "{sampler.name}", "version": "{package_version}", "runs": [\n  {lines}\n]}}\n')
            print(f"{sampler.name} {package_version} {name} W={workers}: {run['mean_regret']:.6g} "
                  f"(se {run['standard_error']:.2g}), {run['seeds']} seeds, {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
