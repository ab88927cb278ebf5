"""An objective for `bench-sampler --surrogate`: one JSON line in, one JSON line out, on surrogate.yaml.

    benchmarks/bench-sampler --surrogate "python3 benchmarks/examples/surrogate.py" \\
        --space benchmarks/examples/surrogate.yaml --direction max --best 0.9 --workers 1,8 --seeds 20

It stands for a model that was fitted to recorded trainings: an accuracy that depends on a learning rate, a width and an
optional block, with the noise of a training seed. Replace `accuracy` by a model of your own.
"""
import json
import math
import random
import sys


def accuracy(configuration):
    """What the configuration is worth without noise; None where training would diverge."""
    rate, width = math.log10(configuration["rate"]), math.log2(configuration["width"])
    block = configuration["block"]
    if rate > -0.5:
        return None
    worth = 0.9 - 0.04 * (rate + 2.5 + 0.1 * (width - 6)) ** 2 - 0.005 * (width - 7) ** 2
    return worth - (0.05 if block is None else 0.01 * (block["units"] - 3) ** 2)


def main():
    for line in sys.stdin:
        question = json.loads(line)
        mean = accuracy(question["configuration"])
        noise = random.Random(question["seed"]).gauss(0, 0.005)
        print(json.dumps({"value": mean if mean is None else mean + noise, "mean": mean}), flush=True)


if __name__ == "__main__":
    main()
