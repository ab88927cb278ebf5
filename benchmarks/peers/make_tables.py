"""Prints the tables of ../README.md from the result files: ours against the real packages, and all samplers side by side.

    python3 make_tables.py fidelity
    python3 make_tables.py regret [--sampler tree-tpe] [--results FILE]
    python3 make_tables.py speed

Where several result files have a sampler on a problem, the one with most seeds counts for fidelity.
"""
import argparse
import json
import math
import pathlib
import statistics

RESULTS = pathlib.Path(__file__).resolve().parent.parent / "results"
PEERS = {"hyperopt": "peer-hyperopt-*.json", "optuna4": "peer-optuna-4*.json", "optuna5": "peer-optuna-5*.json"}


def mean(regrets):
    return statistics.fmean(regrets), statistics.stdev(regrets) / math.sqrt(len(regrets))


def cell(regrets):
    return "{:.3g} ({:.2g})".format(*mean(regrets))


def runs(path):
    return json.loads(path.read_text())["runs"]


def fidelity():
    ours = {}
    for r in runs(RESULTS / "regret.json") + runs(RESULTS / "fidelity.json"):
        key = r["problem"], r["sampler"]
        if r["workers"] == 1 and len(r["regrets"]) > len(ours.get(key, [])):
            ours[key] = r["regrets"]
    print("| problem | sampler | real package | ours | difference in standard errors |\n|---|---|---|---|---|")
    for sampler, pattern in PEERS.items():
        for file in sorted(RESULTS.glob(pattern)):
            for run in runs(file):
                mine = ours.get((run["problem"], sampler))
                if run["workers"] != 1 or mine is None:
                    continue
                (a, sa), (b, sb) = mean(run["regrets"]), mean(mine)
                print(f"| {run['problem']} | {sampler} | {cell(run['regrets'])}, {len(run['regrets'])} seeds | "
                      f"{cell(mine)}, {len(mine)} seeds | {(b - a) / math.hypot(sa, sb):+.1f} |")


def regret(path, subject):
    table = {}
    for r in runs(path):
        table.setdefault((r["problem"], r["workers"]), {})[r["sampler"]] = r["regrets"]
    others = [s for s in ("random", "hyperopt", "optuna4", "optuna5") if any(s in c for c in table.values())]
    print(f"| problem | W | {' | '.join(others)} | {subject} |\n|---|---|{'---|' * (len(others) + 1)}")
    problems = list(dict.fromkeys(problem for problem, _ in table))
    for problem, workers in sorted(table, key=lambda key: (problems.index(key[0]), key[1])):
        cells = table[problem, workers]
        if subject not in cells:
            continue
        row = []
        for other in others:
            if other not in cells:
                row.append("")
                continue
            n = min(len(cells[other]), len(cells[subject]))
            m, se = mean([a - b for a, b in zip(cells[other][:n], cells[subject][:n])])
            row.append(f"{cell(cells[other])} {m / se if se else 0:+.1f}")
        print(f"| {problem} | {workers} | {' | '.join(row)} | {cell(cells[subject])} |")


def speed():
    """Medians of the runs; behind each of ours, how many times as long the real package takes."""
    ours, real, memory = {}, {}, {}
    for r in json.loads((RESULTS / "speed-trialstream.json").read_text()):
        key = r["params"]["sampler"], int(r["params"]["trials"])
        ours[key] = statistics.median(r["primaryMetric"]["rawData"][0])
        memory[key] = r["secondaryMetrics"]["gc.alloc.rate.norm"]["score"]
    for sampler, pattern in PEERS.items():
        for file in sorted(RESULTS.glob(pattern.replace("peer-", "speed-"))):
            real.update({(sampler, r["trials"]): r["median_ms"] for r in runs(file)})
    print("| trials | sampler | ours, ms | allocated, MB | the real package, ms | ratio | ratio to tree-tpe |\n"
          "|---|---|---|---|---|---|---|")
    for sampler, trials in sorted(ours, key=lambda key: (key[1], "tree-tpe" not in key, key)):
        mine, theirs, best = ours[sampler, trials], real.get((sampler, trials)), ours.get(("tree-tpe", trials))
        print(f"| {trials} | {sampler} | {mine:.3g} | {memory[sampler, trials] / 1e6:.2g} | "
              + (f"{theirs:.3g} | {theirs / mine:.0f} | {theirs / best:.0f} |" if theirs and best else " | | |"))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("table", choices=("fidelity", "regret", "speed"))
    options.add_argument("--sampler", default="tree-tpe")
    options.add_argument("--results", type=pathlib.Path, default=RESULTS / "regret.json")
    arguments = options.parse_args()
    if arguments.table == "fidelity":
        fidelity()
    elif arguments.table == "speed":
        speed()
    else:
        regret(arguments.results, arguments.sampler)


if __name__ == "__main__":
    main()
