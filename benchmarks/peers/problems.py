"""Problems to simulate: a table of measured results or a closed-form function, each with its space file.

The formulas are those of `io.trialstream.benchmarks.Functions`; a test there compares the values of both.
"""
import csv
import math
import pathlib

import numpy as np
import yaml

HERE = pathlib.Path(__file__).resolve().parent
SPACES = HERE.parent / "spaces"
ACKLEY_OPTIMUM = (-18, 7, 21, -4, 12, -25, 28, 3)


def space(path):
    return yaml.safe_load((SPACES / path).read_text())


class Table:
    """Rows of measured seeds by key; one digit of the key per parameter, in the order of the space file."""

    def __init__(self, path, space_path, maximise, evals):
        self.space, self.sign, self.evals, self.noisy = space(space_path), -1.0 if maximise else 1.0, evals, True
        self.seeds, self.mean = {}, {}
        with open(path) as lines:
            for row in csv.DictReader(lines):
                self.seeds[row["key"]] = [float(v) for k, v in row.items() if k[0] == "v" and v]
                self.mean[row["key"]] = float(row["mean"])
        self.best = min(self.sign * m for m in self.mean.values())

    def key(self, configuration):
        return "".join(self._digit(expression, configuration[name]) for name, expression in self.space.items())

    @staticmethod
    def _digit(expression, value):
        return str(expression["choice"].index(value) if "choice" in expression else round(value))

    def loss(self, configuration, rng):
        seeds = self.seeds[self.key(configuration)]
        return self.sign * seeds[rng.integers(len(seeds))]

    def regret(self, configuration):
        return self.sign * self.mean[self.key(configuration)] - self.best


class Function:
    """A noise-free function to minimise, with its known minimum."""

    def __init__(self, name, formula, minimum):
        self.space, self.evals, self.noisy = space(f"functions/{name}.yaml"), 100, False
        self.formula, self.minimum = formula, minimum

    def loss(self, configuration, rng):
        return self.formula(configuration)

    def regret(self, configuration):
        return self.formula(configuration) - self.minimum


def branin(c):
    x, y = c["x1"], c["x2"]
    return ((y - 5.1 / (4 * math.pi ** 2) * x * x + 5 / math.pi * x - 6) ** 2
            + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10)


HARTMANN_A = ((10, 3, 17, 3.5, 1.7, 8), (0.05, 10, 17, 0.1, 8, 14), (3, 3.5, 1.7, 10, 17, 8), (17, 8, 0.05, 10, 0.1, 14))
HARTMANN_P = ((1312, 1696, 5569, 124, 8283, 5886), (2329, 4135, 8307, 3736, 1004, 9991),
              (2348, 1451, 3522, 2883, 3047, 6650), (4047, 8828, 8732, 5743, 1091, 381))


def hartmann6(c):
    return -sum(alpha * math.exp(-sum(HARTMANN_A[i][j] * (c[f"x{j + 1}"] - HARTMANN_P[i][j] * 1e-4) ** 2 for j in range(6)))
                for i, alpha in enumerate((1.0, 1.2, 3.0, 3.2)))


def rosenbrock4(c):
    x = [c[f"x{i}"] for i in range(1, 5)]
    return math.log1p(sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(3)))


def ackley8(c):
    z = [c[f"x{i + 1}"] - o for i, o in enumerate(ACKLEY_OPTIMUM)]
    return (-20 * math.exp(-0.2 * math.sqrt(sum(v * v for v in z) / 8))
            - math.exp(sum(math.cos(2 * math.pi * v) for v in z) / 8) + 20 + math.e)


def mixed(c):
    best_rate = {"sgd": math.log(0.1), "adam": math.log(1e-3), "rmsprop": math.log(3e-4), "lion": math.log(1e-4)}
    penalty = {"sgd": 0.02, "adam": 0.05, "rmsprop": 0.10, "lion": 0.0}
    activation = {"relu": 0.06, "tanh": 0.10, "elu": 0.02, "gelu": 0.0, "selu": 0.03}
    rate = (math.log(c["rate"]) - best_rate[c["optimizer"]]) / math.log(10)
    decay = (math.log(c["decay"]) + 7) / math.log(10)
    return (penalty[c["optimizer"]] + 0.15 * min(rate * rate, 6) + 0.02 * decay * decay
            + 0.01 * (c["depth"] - 3 - 4 * c["momentum"]) ** 2 + 0.05 * (c["momentum"] - 0.8) ** 2
            + activation[c["activation"]])


def gate(c):
    branch = c["x"]
    return ((branch["y"] if "y" in branch else branch["z"]) - c["t"]) ** 2


def classifier(c):
    s, model = c["scale"], c["model"]
    loss = 0.05 * (s - 0.7) ** 2
    if "kernel" in model:
        kernel = model["kernel"]
        loss += 0.08 + 0.01 * ((math.log(model["cost"]) - 2) / 2) ** 2
        if "gamma" in kernel:
            return loss + 0.02 * ((math.log(kernel["gamma"]) + 4 - 4 * s) / 2) ** 2
        return loss + 0.03 + 0.02 * (kernel["degree"] - 1 - 4 * s) ** 2
    if "trees" in model:
        return loss + 0.12 + 0.001 * (model["depth"] - 4 - 12 * s) ** 2 + 0.02 * (1 - model["trees"] / 500) ** 2
    widths = [model["layers"][f"width_{i}"] for i in (1, 2, 3) if f"width_{i}" in model["layers"]]
    loss += 0.06 - 0.02 * len(widths) + 0.02 * (math.log(model["rate"]) + 7 - 3 * s) ** 2
    return loss + sum(0.3 * (w - (s if i % 2 == 0 else 1 - s)) ** 2 for i, w in enumerate(widths))


def convnet(c):
    rate, residual, extra = math.log(c["lr_rate_mult"]), c["residual"], c["one_more_fc"]
    loss = 0.38 + {"Adam": 0.02, "Nadam": 0.0, "RMSprop": 0.12}[c["optimizer"]]
    loss += 0.3 * (rate - {"Adam": 0.1, "Nadam": -0.2, "RMSprop": -0.4}[c["optimizer"]]) ** 2
    loss += 0.03 * (math.log(c["l2_weight_reg_mult"]) + 0.5) ** 2 + 0.02 * ((c["batch_size"] - 250) / 150 - rate) ** 2
    loss += 0.1 * (c["coarse_labels_weight"] - 0.3) ** 2
    loss += 0.5 * (c["conv_dropout_drop_proba"] - (0.1 if residual is None else 0.22)) ** 2
    loss += 0.2 * (c["fc_dropout_drop_proba"] - (0.3 if extra is None else 0.45)) ** 2
    loss += 0.0 if c["use_BN"] else 0.08
    loss += {None: 0.03, 3: 0.01, 4: 0.0}[c["first_conv"]]
    if residual is None:
        loss += 0.12
    else:
        loss += 0.012 * (residual - (3 if c["nb_conv_pool_layers"] == 3 else 2)) ** 2
        loss += 0.01 * c["conv_pool_res_start_idx"] ** 2 + 0.01 * (c["res_conv_kernel_size"] - 2) ** 2
    loss += 0.1 * (math.log(c["conv_hiddn_units_mult"]) - 0.3) ** 2 + (0.06 if c["nb_conv_pool_layers"] == 2 else 0.0)
    loss += {"max": 0.04, "avg": 0.02, "all_conv": 0.09, "inception": 0.0}[c["pooling_type"]]
    loss += 0.02 * (c["conv_kernel_size"] - 3) ** 2 + 0.05 * (math.log(c["fc_units_1_mult"]) - 0.2) ** 2
    loss += 0.0 if extra is None else 0.05 + 0.05 * math.log(extra) ** 2
    return loss + (0.03 if c["activation"] == "relu" else 0.0)


def augmentation(c):
    s, crop, mixing = c["strength"], c["crop"], c["mixing"]
    loss = 0.1 * (s - 0.55) ** 2 + (c["smoothing"] - (0.2 if mixing is None else 0.1)) ** 2
    loss += 0.1 if crop is None else 0.004 * (crop["padding"] - 8 * s) ** 2
    if mixing is None:
        return loss + 0.12
    if "mixup" in mixing:
        return loss + 0.04 + 0.3 * (mixing["mixup"] - 1 + s) ** 2
    return loss + 0.3 * (mixing["cutmix"] - s) ** 2 + 0.2 * (mixing["area"] - 0.2 - 0.5 * s) ** 2


FUNCTIONS = {"branin": (branin, 0.39788735772973816), "hartmann6": (hartmann6, -3.322368011391339),
             "rosenbrock4": (rosenbrock4, 0.0), "ackley8": (ackley8, 0.0), "mixed": (mixed, 9.523809523809524e-05),
             "gate": (gate, 0.0), "classifier": (classifier, 0.0), "convnet": (convnet, 0.38),
             "augmentation": (augmentation, 0.0001797752808988764)}
TABLES = {"nasbench201_cifar10": ("nasbench201.yaml", True, 150), "fcnet_parkinsons_telemonitoring": ("fcnet.yaml", False, 100),
          "nn_phoneme": ("nn.yaml", True, 100)}


def problem(name, folder):
    if name in FUNCTIONS:
        return Function(name, *FUNCTIONS[name])
    space_path, maximise, evals = TABLES[name]
    return Table(pathlib.Path(folder) / f"{name}.csv", space_path, maximise, evals)
