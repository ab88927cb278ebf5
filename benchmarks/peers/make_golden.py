"""Writes golden figures by running the real package of the virtual environment that runs this script.

    .venv-hyperopt/bin/python make_golden.py ../../libs/tpe/src/test/resources/golden
    .venv-optuna4/bin/python  make_golden.py ../../libs/tpe/src/test/resources/golden
    .venv-optuna5/bin/python  make_golden.py ../../libs/tpe/src/test/resources/golden

Every input is drawn here from a fixed seed or written out; every expected figure is what the package returned.
"""
import json
import math
import pathlib
import sys
from importlib.metadata import PackageNotFoundError, version

import numpy as np

SEED = 20261123


def figures(values):
    """Arrays as lists of full-precision floats; JSON has no infinities, so they are written as strings."""
    array = np.asarray(values, dtype=float)
    if array.ndim == 2:
        return [figures(row) for row in array]
    return [float(v) if math.isfinite(v) else ("Infinity" if v > 0 else "-Infinity") for v in array]


def write(folder, name, golden, package):
    golden["meta"] = {"source": f"{package} {version(package)} from PyPI", "numpy": np.__version__, "seed": SEED}
    # One case a line: readable differences when a figure changes.
    lines = []
    for key, value in golden.items():
        if isinstance(value, list):
            cases = ",\n  ".join(json.dumps(case) for case in value)
            lines.append(f'"{key}": [\n  {cases}\n]')
        else:
            lines.append(f'"{key}": {json.dumps(value)}')
    path = pathlib.Path(folder) / name
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(f"{path}: {path.stat().st_size} bytes")


# ---------------------------------------------------------------------------------------------- Hyperopt

def hyperopt_golden(folder):
    from hyperopt import tpe

    rng = np.random.default_rng(SEED)
    golden = {}

    observed = {
        "empty": [], "one_low": [-1.5], "one_high": [6.25], "one_at_prior": [1.0],
        "two_below": [-2.0, 0.5], "two_around": [-2.0, 5.5], "two_above": [4.0, 3.0],
        "three_equal": [2.5, 2.5, 2.5], "all_at_prior": [1.0, 1.0, 1.0, 1.0], "at_bounds": [-3.0, 5.0, -3.0, 5.0],
        "close_pair": [0.1, 0.1 + 1e-9, 4.0],
    }
    for n in (8, 25, 26, 27, 70, 130):
        observed[f"n{n}"] = [round(float(v), 6) for v in rng.uniform(-3.0, 5.0, n)]
    cases = []
    for name, obs in observed.items():
        for prior_weight, mu, sigma in ((1.0, 1.0, 8.0), (2.5, 0.0, 3.0)):
            weights, mus, sigmas = tpe.adaptive_parzen_normal(np.array(obs), prior_weight, mu, sigma, 25)
            cases.append({"name": name, "obs": obs, "prior_weight": prior_weight, "prior_mu": mu, "prior_sigma": sigma,
                          "LF": 25, "weights": figures(weights), "mus": figures(mus), "sigmas": figures(sigmas)})
    golden["adaptive_parzen_normal"] = cases

    golden["linear_forgetting_weights"] = [
        {"N": n, "LF": lf, "w": figures(tpe.linear_forgetting_weights(n, lf))}
        for n, lf in ((0, 25), (2, 25), (23, 25), (25, 25), (26, 25), (28, 25), (50, 25), (77, 25), (12, 5))]

    obs = observed["n27"]
    cases = []
    # Quantised: on the grid; 1.3 does not divide the range, 0.25 does, 20 is wider than it.
    for low, high, q in ((-3.0, 5.0, None), (None, None, None), (-3.0, 5.0, 0.25), (-3.0, 5.0, 1.3), (None, None, 0.5),
                         (-3.0, 5.0, 20.0)):
        mixture = tpe.adaptive_parzen_normal(np.array(obs), 1.0, 1.0, 8.0, 25)
        x = [-2.9, -1.0, 0.0, 1.25, 3.3, 4.99] if q is None else [round(round(v / q) * q, 9) for v in
                                                                 (-2.6, -1.0, 0.0, 1.25, 3.3, 5.0)]
        cases.append({"obs": obs, "prior_mu": 1.0, "prior_sigma": 8.0, "low": low, "high": high, "q": q, "x": x,
                      "lpdf": figures(tpe.GMM1_lpdf(np.array(x), *mixture, low=low, high=high, q=q))})
    golden["GMM1_lpdf"] = cases

    cases = []
    for low, high, q, obs, x in (
            (math.log(1e-5), 0.0, None, [3e-4, 0.02, 2e-5, 0.7, 0.11, 4e-3, 9e-3], [1e-5, 1e-4, 0.03, 0.5, 0.999]),
            (0.0, math.log(300.0), 5.0, [5.0, 10.0, 300.0, 45.0, 45.0, 120.0], [5.0, 20.0, 45.0, 150.0, 300.0]),
            (math.log(0.5), math.log(20.0), 1.0, [1.0, 2.0, 3.0, 17.0, 20.0], [1.0, 2.0, 3.0, 11.0, 20.0])):
        mu, sigma = 0.5 * (low + high), high - low
        mixture = tpe.adaptive_parzen_normal(np.log(np.maximum(obs, np.exp(low))), 1.0, mu, sigma, 25)
        cases.append({"obs": obs, "low_log": low, "high_log": high, "q": q, "x": x,
                      "lpdf": figures(tpe.LGMM1_lpdf(np.array(x), *mixture, low=low, high=high, q=q)),
                      "note": "without q the package omits the truncation normaliser (constant in x)"})
    golden["LGMM1_lpdf"] = cases

    # Unbounded families: hp.lognormal(0.3, 1.2) and hp.qlognormal(0.3, 1.2, 0.5).
    cases = []
    for q, obs, x in ((None, [0.4, 1.1, 9.0, 2.2], [0.05, 0.9, 4.0, 30.0]),
                      (0.5, [0.5, 1.0, 9.0, 2.0, 0.0], [0.0, 0.5, 4.0, 30.0])):
        mixture = tpe.adaptive_parzen_normal(np.log(np.maximum(obs, 1e-12)), 1.0, 0.3, 1.2, 25)
        cases.append({"obs": obs, "prior_mu": 0.3, "prior_sigma": 1.2, "q": q, "x": x,
                      "lpdf": figures(tpe.LGMM1_lpdf(np.array(x), *mixture, q=q))})
    golden["LGMM1_lpdf_unbounded"] = cases

    golden["n_below"] = []
    for n in (1, 2, 15, 17, 64, 65, 144, 145, 256, 257, 900, 9999, 20000):
        trials = np.arange(n)
        below, _ = tpe.ap_split_trials(trials, trials, trials, trials.astype(float), 0.25)
        golden["n_below"].append({"N": n, "n_below": len(below)})

    cases = []
    for n, every, gamma in ((9, 2, 0.25), (30, 3, 0.25), (70, 1, 0.25), (70, 2, 1.0)):
        losses = [round(float(v), 4) for v in rng.normal(size=n)]
        losses[n // 2] = math.inf  # a pending trial
        active = list(range(0, n, every))
        values = [round(float(v), 4) for v in rng.uniform(size=len(active))]
        below, above = tpe.ap_split_trials(active, values, np.arange(n), losses, gamma)
        cases.append({"o_idxs": active, "o_vals": values, "l_idxs": list(range(n)), "l_vals": figures(losses),
                      "gamma": gamma, "below": figures(below), "above": figures(above)})
    golden["ap_split_trials"] = cases

    from hyperopt.pyll.base import bincount
    cases = []
    prior = [0.05, 0.15, 0.5, 0.2, 0.1]
    for obs in ([], [4], [1, 1, 2, 0], [int(v) for v in rng.integers(0, 5, 60)]):
        obs_array = np.array(obs, dtype=int)
        weights = tpe.linear_forgetting_weights(len(obs), 25)
        uniform = bincount(obs_array, minlength=5, weights=weights) + 1.0
        cases.append({"kind": "choice/randint", "n": 5, "obs": obs, "p": figures(uniform / np.sum(uniform))})
        repeated = np.tile(prior, (24, 1))  # the package hands the prior over once per candidate
        counts = bincount(obs_array, p=repeated, weights=weights)
        cases.append({"kind": "pchoice", "prior": prior, "obs": obs,
                      "p": figures(tpe.tpe_cat_pseudocounts(counts, 1.0, repeated, (24,)))})
    golden["categorical"] = cases

    write(folder, "tpe_golden_hyperopt.json", golden, "hyperopt")


# ------------------------------------------------------------------------------------------------ Optuna

# The first space is that of the original fixtures, the second has other ranges, steps and sizes.
SPACES = {
    "": {"u": ("float", 0.0, 1.0, False, None), "lg": ("float", 1e-4, 1e-1, True, None),
         "st": ("float", 0.0, 1.0, False, 0.25), "i": ("int", 1, 10, False, 1), "il": ("int", 1, 64, True, 1),
         "c": ("categorical", 3)},
    "_wide": {"f": ("float", -40.0, 25.0, False, None), "fl": ("float", 0.5, 4096.0, True, None),
              "fs": ("float", -1.2, 2.4, False, 0.6), "n": ("int", -7, 90, False, 1), "ns": ("int", 16, 256, False, 16),
              "nl": ("int", 8, 1000, True, 1), "b": ("categorical", 2), "k": ("categorical", 11)},
}


def optuna_distribution(spec):
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    if spec[0] == "categorical":
        return CategoricalDistribution(tuple(f"option{i}" for i in range(spec[1])))
    kind, low, high, log, step = spec
    if kind == "float":
        return FloatDistribution(low, high, log=log, step=step)
    return IntDistribution(low, high, log=log, step=step)


def draw(rng, spec, n):
    if spec[0] == "categorical":
        return [float(v) for v in rng.integers(0, spec[1], n)]
    kind, low, high, log, step = spec
    if step is not None and not log:
        return [round(low + step * int(v), 9) for v in rng.integers(0, round((high - low) / step) + 1, n)]
    if log:
        values = np.exp(rng.uniform(math.log(low), math.log(high), n))
        return [float(round(v)) for v in values] if kind == "int" else [float(f"{v:.6g}") for v in values]
    return [round(float(v), 6) for v in rng.uniform(low, high, n)]


def probes(spec):
    """Four points: both bounds and two inside."""
    if spec[0] == "categorical":
        return [0.0, float(spec[1] - 1), float(spec[1] // 2), 1.0]
    kind, low, high, log, step = spec
    if step is not None and not log:
        count = round((high - low) / step)
        return [float(low), float(high), round(low + step * (count // 3), 9), round(low + step * (count // 2), 9)]
    if log:
        inside = [math.exp(math.log(low) + f * math.log(high / low)) for f in (0.3, 0.8)]
        return [float(low), float(high)] + [float(round(v)) if kind == "int" else float(f"{v:.6g}") for v in inside]
    return [float(low), float(high), low + 0.31 * (high - low), low + 0.77 * (high - low)]


def described(spec):
    if spec[0] == "categorical":
        return {"type": "categorical", "choices": spec[1]}
    kind, low, high, log, step = spec
    return {"type": kind, "low": low, "high": high, "log": log, "step": step}


def parzen_case(space, keys, obs, n, multivariate, settings):
    from optuna.samplers._tpe import parzen_estimator as module
    from optuna.samplers._tpe.sampler import default_weights

    fields = module._ParzenEstimatorParameters._fields
    arguments = {"consider_prior": True, "prior_weight": settings["prior_weight"],
                 "consider_magic_clip": settings["magic_clip"], "consider_endpoints": settings["endpoints"],
                 "weights": default_weights, "multivariate": multivariate, "categorical_distance_func": {}}
    parameters = module._ParzenEstimatorParameters(**{f: arguments[f] for f in fields})
    search_space = {k: optuna_distribution(space[k]) for k in keys}
    estimator = module._ParzenEstimator({k: np.array(obs[k]) for k in keys}, search_space, parameters)
    mixture = estimator._mixture_distribution
    x = {k: probes(space[k]) for k in keys}
    case = {"n": n, "keys": keys, "multivariate": multivariate}
    defaults = {"prior_weight": 1.0, "magic_clip": True, "endpoints": False}
    if settings != defaults:
        case["settings"] = settings
    case.update(obs={k: obs[k] for k in keys}, weights=figures(mixture.weights), x=x,
                log_pdf=figures(estimator.log_pdf({k: np.array(v) for k, v in x.items()})), dists={})
    for key, dist in zip(keys, mixture.distributions):
        if hasattr(dist, "weights"):
            case["dists"][key] = {"cat_weights": figures(dist.weights)}
        else:
            case["dists"][key] = {"mu": figures(dist.mu), "sigma": figures(dist.sigma)}
    return case


def optuna_golden(folder):
    from optuna.samplers._tpe import _truncnorm
    from optuna.samplers._tpe.sampler import default_gamma

    major = version("optuna").split(".")[0]
    defaults = {"prior_weight": 1.0, "magic_clip": True, "endpoints": False}
    for suffix, space in SPACES.items():
        rng = np.random.default_rng(SEED + len(suffix))
        cases = []
        for n in (0, 1, 2, 3, 7, 25, 27, 55):
            keys = list(space)
            obs = {k: draw(rng, space[k], n) for k in keys}
            for multivariate in ((True, False) if major == "4" else (True,)):
                cases.append(parzen_case(space, keys, obs, n, multivariate, defaults))
                if n in (1, 3, 27):
                    for key in keys:
                        cases.append(parzen_case(space, [key], {key: obs[key]}, n, multivariate, defaults))
        # Ties, bounds and settings off their defaults, on the first numeric and the first categorical key.
        numeric, category = next(iter(space)), next(k for k in space if space[k][0] == "categorical")
        _, low, high, _, _ = space[numeric]
        obs = {numeric: [low, high, low, (low + high) / 2, (low + high) / 2, high], category: [1.0, 0.0, 1.0, 1.0, 0.0, 1.0]}
        for settings in (defaults, {**defaults, "prior_weight": 0.4}, {**defaults, "endpoints": True},
                         {**defaults, "magic_clip": False}):
            for multivariate in ((True, False) if major == "4" else (True,)):
                cases.append(parzen_case(space, [numeric, category], obs, 6, multivariate, settings))
        golden = {"parzen": cases}
        if not suffix:
            a = [-37.5, -22.0, -6.5, -2.0, -0.001, 0.5, 6.0, 21.0, 37.0]
            b = [-36.0, -21.9, -6.0, 3.0, 0.002, 30.0, 6.01, 22.5, 50.0]
            golden["log_gauss_mass"] = {"a": a, "b": b, "v": figures(_truncnorm._log_gauss_mass(np.array(a), np.array(b)))}
            golden["truncnorm_ppf"] = []
            for low, high in ((-2.0, 0.7), (-0.3, 40.0), (-25.0, -24.5), (12.0, 13.0), (-1e-3, 2e-3)):
                q = [0.002, 0.25, 0.6, 0.995]
                golden["truncnorm_ppf"].append({"q": q, "a": low, "b": high, "x": figures(
                    _truncnorm.ppf(np.array(q), np.full(4, low), np.full(4, high)))})
            golden["default_gamma"] = [{"N": n, "n_below": default_gamma(n)} for n in
                                       (0, 1, 2, 9, 12, 19, 21, 101, 240, 241, 260, 5000)]
        golden["distributions"] = {k: described(v) for k, v in space.items()}
        write(folder, f"tpe_golden_v{major}{suffix}.json", golden, "optuna")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    pathlib.Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    try:
        version("hyperopt")
    except PackageNotFoundError:
        optuna_golden(sys.argv[1])
    else:
        hyperopt_golden(sys.argv[1])


if __name__ == "__main__":
    main()
