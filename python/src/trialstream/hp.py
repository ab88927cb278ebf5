"""Search spaces with Hyperopt's names and argument order, as a study file has them.

``{"lr": hp.loguniform("lr", -5, 0)}`` is ``{"lr": {"label": "lr", "loguniform": [-5, 0]}}``.
"""

import math
import random
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

Expression = Dict[str, Any]


def _expression(name: str, label: str, arguments: Sequence[Any]) -> Expression:
    return {"label": label, name: list(arguments)}


def uniform(label: str, low: float, high: float) -> Expression:
    """Any number from low to high."""
    return _expression("uniform", label, (low, high))


def loguniform(label: str, low: float, high: float) -> Expression:
    """A number whose natural logarithm is uniform from low to high."""
    return _expression("loguniform", label, (low, high))


def normal(label: str, mu: float, sigma: float) -> Expression:
    """A normally distributed number."""
    return _expression("normal", label, (mu, sigma))


def lognormal(label: str, mu: float, sigma: float) -> Expression:
    """A number whose natural logarithm is normally distributed."""
    return _expression("lognormal", label, (mu, sigma))


def quniform(label: str, low: float, high: float, q: float) -> Expression:
    """A multiple of q from low to high."""
    return _expression("quniform", label, (low, high, q))


def qloguniform(label: str, low: float, high: float, q: float) -> Expression:
    """A loguniform number, rounded to a multiple of q."""
    return _expression("qloguniform", label, (low, high, q))


def qnormal(label: str, mu: float, sigma: float, q: float) -> Expression:
    """A normally distributed number, rounded to a multiple of q."""
    return _expression("qnormal", label, (mu, sigma, q))


def qlognormal(label: str, mu: float, sigma: float, q: float) -> Expression:
    """A lognormal number, rounded to a multiple of q."""
    return _expression("qlognormal", label, (mu, sigma, q))


def uniformint(label: str, low: int, high: int) -> Expression:
    """A whole number from low to high, both included."""
    return _expression("uniformint", label, (low, high))


def randint(label: str, *bounds: int) -> Expression:
    """A whole number below the upper bound, from 0 or from the lower one."""
    if len(bounds) not in (1, 2):
        raise TypeError("randint takes an upper bound, or a lower and an upper one")
    return _expression("randint", label, bounds)


def choice(label: str, options: Sequence[Any]) -> Expression:
    """One of the options, which may be expressions themselves."""
    return _expression("choice", label, options)


def pchoice(label: str, options: Sequence[Tuple[float, Any]]) -> Expression:
    """One of the options, each with its probability."""
    return _expression("pchoice", label, [[probability, option] for probability, option in options])


def sample(space: Any, generator: Optional[random.Random] = None) -> Any:
    """Draws a configuration, to try a program out without a server. It is not what the server would draw."""
    draw = generator or random.Random()
    if isinstance(space, Mapping):
        for name, sampler in _SAMPLERS.items():
            if name in space and set(space) <= {"label", name}:
                return sampler(draw, space[name])
        return {key: sample(value, draw) for key, value in space.items()}
    if isinstance(space, (list, tuple)):
        return [sample(value, draw) for value in space]
    return space


def _quantised(value: float, q: float) -> float:
    return round(value / q) * q


def _randint(draw: random.Random, bounds: List[int]) -> int:
    low, high = bounds if len(bounds) == 2 else (0, bounds[0])
    return draw.randrange(low, high)


def _pchoice(draw: random.Random, options: List[List[Any]]) -> Any:
    option = draw.choices([option for _, option in options], [probability for probability, _ in options])[0]
    return sample(option, draw)


_SAMPLERS = {
    "uniform": lambda draw, a: draw.uniform(a[0], a[1]),
    "loguniform": lambda draw, a: math.exp(draw.uniform(a[0], a[1])),
    "log": lambda draw, a: math.exp(draw.uniform(math.log(a[0]), math.log(a[1]))),
    "normal": lambda draw, a: draw.gauss(a[0], a[1]),
    "lognormal": lambda draw, a: math.exp(draw.gauss(a[0], a[1])),
    "quniform": lambda draw, a: _quantised(draw.uniform(a[0], a[1]), a[2]),
    "qloguniform": lambda draw, a: _quantised(math.exp(draw.uniform(a[0], a[1])), a[2]),
    "qnormal": lambda draw, a: _quantised(draw.gauss(a[0], a[1]), a[2]),
    "qlognormal": lambda draw, a: _quantised(math.exp(draw.gauss(a[0], a[1])), a[2]),
    "uniformint": lambda draw, a: draw.randint(a[0], a[1]),
    "randint": _randint,
    "choice": lambda draw, a: sample(draw.choice(a), draw),
    "pchoice": _pchoice,
}
