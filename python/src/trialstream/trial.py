"""The trial that a program trains."""

import contextlib
import shutil
from pathlib import Path
from typing import Any, Dict, Iterator, Mapping, Optional

from .channel import plain


class Stopped(Exception):
    """The program is to end: the trial is cancelled, or goes on elsewhere."""


class Pruned(Stopped):
    """The trial is not worth more epochs."""


class Infeasible(Exception):
    """The configuration cannot be trained: the trial ends INFEASIBLE, which the sampler learns as bad."""


class Trial:
    """One trial. Not thread-safe."""

    def __init__(self, channel: Any) -> None:
        self._channel = channel
        trial = channel.trial
        #: The hyperparameters as the study's space names them.
        self.configuration: Dict[str, Any] = trial["configuration"]
        #: What the study hands to all its trials.
        self.arguments: Dict[str, Any] = trial["arguments"]
        #: ``STUDY:NUMBER``.
        self.id: str = trial["trialId"]
        self.number: int = trial["number"]
        #: Of everything random in the trial.
        self.seed: int = trial["seed"]
        #: The most epochs that may be reported.
        self.max_epochs: int = trial["epochs"]
        #: The metric that the study optimises; None by hand.
        self.metric: Optional[str] = (trial.get("objective") or {}).get("metric")
        #: Where files belong that are to be kept.
        self.artifact_directory = Path(trial["artifacts"])
        resume = trial.get("resume")
        #: What an earlier run saved, and after which epoch; None and 0 at the beginning.
        self.resume_directory: Optional[Path] = Path(resume["directory"]) if resume else None
        self.resume_epoch: int = resume["epoch"] if resume else 0
        self._checkpoints = Path(trial["checkpoints"])
        self._epoch = self.resume_epoch
        self._reported = self.resume_epoch
        self._stopped: Optional[str] = None

    def __getitem__(self, name: str) -> Any:
        return self.configuration[name]

    def get(self, name: str, default: Any = None) -> Any:
        """A hyperparameter, or the default where the configuration has none of this name."""
        return self.configuration.get(name, default)

    def epochs(self) -> Iterator[int]:
        """The numbers of the epochs to train, from where a saved state ends; ends early when the trial does."""
        for epoch in range(self.resume_epoch + 1, self.max_epochs + 1):
            if self._stopped:
                return
            self._epoch = epoch
            yield epoch

    def report(self, epoch: Optional[int] = None, metrics: Optional[Mapping[str, Any]] = None, **more: Any) -> None:
        """Tells that an epoch is over and waits for the answer.

        Raises Pruned or Stopped where the trial is to end; ``run`` takes that as an end in order.
        """
        number = self._reported + 1 if epoch is None else epoch
        self._channel.send({"type": "epoch", "epoch": number, "metrics": plain({**(metrics or {}), **more})})
        self._reported = number
        answer = self._channel.answer("epoch", number)
        if answer == "prune":
            self._stopped = answer
            raise Pruned(f"pruned after epoch {number}")
        if answer != "continue":
            self._stopped = answer
            raise Stopped(f"told to {answer} after epoch {number}")

    @contextlib.contextmanager
    def checkpoint(self) -> Iterator[Path]:
        """Gives an empty directory for the state after the present epoch, and has it kept when the block ends.

        Belongs before the epoch's report: a run that is killed then goes on from there.
        """
        shutil.rmtree(self._checkpoints, ignore_errors=True)
        self._checkpoints.mkdir()
        yield self._checkpoints
        epoch = max(self._epoch, self._reported)
        self._channel.send({"type": "checkpoint", "epoch": epoch})
        self._channel.answer("checkpoint", epoch)

    def artifact(self, path: Any) -> None:
        """Keeps a file: one of the artifact directory, or a copy of another."""
        source = Path(path)
        target = self.artifact_directory / source.name
        if not target.exists() or (source.exists() and source.resolve() != target.resolve()):
            shutil.copyfile(source, target)
        self._channel.send({"type": "artifact", "name": target.name})

    def done(self, metrics: Mapping[str, Any]) -> None:
        """Tells what is measured once, at the end."""
        self._channel.send({"type": "done", "metrics": plain(metrics)})

    def infeasible(self, reason: str) -> None:
        """Tells that the configuration cannot be trained."""
        self._channel.send({"type": "infeasible", "reason": reason})
