"""Runs an objective: for a trainer, or once for a person who tries it out."""

import argparse
import json
import os
import random
import signal
import sys
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from . import hp
from .channel import VARIABLE, HandChannel, TrainerChannel
from .trial import Infeasible, Stopped, Trial

Objective = Callable[[Trial], Any]
_registered: List[Tuple[Objective, Optional[Mapping[str, Any]]]] = []


def objective(function: Optional[Objective] = None, *, space: Optional[Mapping[str, Any]] = None) -> Any:
    """Marks the function that ``run`` runs. The space is drawn from when the program is started by hand."""

    def mark(marked: Objective) -> Objective:
        _registered.append((marked, space))
        return marked

    return mark if function is None else mark(function)


def run(function: Optional[Objective] = None, arguments: Optional[Sequence[str]] = None) -> None:
    """Runs the function, or the one that is marked as the objective.

    In a program that a trainer started, for its trial. By hand (``python train.py --lr 0.1 --epochs 3``) once with the
    given values, or with values drawn from the objective's space, and what would be reported is printed.

    What it returns, a number or metrics, is told as measured at the end.
    """
    if function is None:
        if not _registered:
            raise RuntimeError("nothing to run: mark a function with @trialstream.objective, or pass one")
        function, space = _registered[-1]
    else:
        space = next((space for known, space in _registered if known is function), None)
    trial_file = os.environ.get(VARIABLE)
    if trial_file:
        signal.signal(signal.SIGTERM, _end)
        channel: Any = TrainerChannel(trial_file)
    else:
        channel = _by_hand(sys.argv[1:] if arguments is None else arguments, space)
    trial = Trial(channel)
    try:
        _tell(trial, function(trial))
    except Stopped as reason:
        print(reason, file=sys.stderr)
    except Infeasible as reason:
        trial.infeasible(str(reason) or "the program says so")


def _end(number: int, frame: Any) -> None:
    raise Stopped("told to end by SIGTERM")


def _tell(trial: Trial, result: Any) -> None:
    if isinstance(result, Mapping):
        trial.done(result)
    elif result is not None:
        trial.done({trial.metric or "objective": result})


def _by_hand(arguments: Sequence[str], space: Optional[Mapping[str, Any]]) -> HandChannel:
    parser = argparse.ArgumentParser(
        description="Runs once with these hyperparameters: --lr 0.1, nested ones dotted (--optimizer.lr 0.1)."
    )
    parser.add_argument("--epochs", type=int, default=3, help="the most epochs (default: 3)")
    parser.add_argument("--seed", type=int, default=0, help="of everything random (default: 0)")
    known, rest = parser.parse_known_args(list(arguments))
    configuration: Dict[str, Any] = hp.sample(space, random.Random(known.seed)) if space else {}
    for name, value in _pairs(rest, parser):
        _put(configuration, name.split("."), value)
    return HandChannel(configuration, known.epochs, known.seed)


def _pairs(words: List[str], parser: argparse.ArgumentParser) -> List[Tuple[str, Any]]:
    pairs = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if not equals:
            if not word.startswith("--") or not rest:
                parser.error(f"{word} has no value: write --{word.lstrip('-')} VALUE")
            value = rest.pop(0)
        pairs.append((name[2:] if name.startswith("--") else name, _value(value)))
    return pairs


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _put(tree: Dict[str, Any], path: List[str], value: Any) -> None:
    for name in path[:-1]:
        inner = tree.get(name)
        if not isinstance(inner, dict):
            inner = tree[name] = {}
        tree = inner
    tree[path[-1]] = value
