"""How a program speaks with its trainer: by files, as docs/programs.md says; or with whoever started it by hand."""

import json
import math
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Dict, Mapping, Optional

PROTOCOL = 1
VARIABLE = "TRIALSTREAM_TRIAL"
_SHORTEST_WAIT = 0.001
_LONGEST_WAIT = 0.02


class TrainerChannel:
    """The files of a trainer that has started this program."""

    def __init__(self, trial_file: str) -> None:
        self.trial: Dict[str, Any] = json.loads(Path(trial_file).read_text(encoding="utf-8"))
        if self.trial["protocol"] != PROTOCOL:
            raise RuntimeError(f"this package speaks protocol {PROTOCOL}, the trainer {self.trial['protocol']}")
        self._reports = self.trial["reports"]
        self._answers = Path(self.trial["answers"])
        self._read = 0
        self.send({"type": "begin", "protocol": PROTOCOL})

    def send(self, report: Mapping[str, Any]) -> None:
        """Appends one line, in one piece."""
        line = json.dumps(report) + "\n"
        with open(self._reports, "ab", buffering=0) as file:
            file.write(line.encode("utf-8"))

    def answer(self, field: str, number: int) -> str:
        """Waits for the answer to the report of this number."""
        wait = _SHORTEST_WAIT
        while True:
            for answer in self._new_answers():
                if answer.get(field) == number:
                    return str(answer["answer"])
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def _new_answers(self):
        with open(self._answers, "rb") as file:
            file.seek(self._read)
            new = file.read()
        whole = new.rfind(b"\n") + 1
        self._read += whole
        return [json.loads(line) for line in new[:whole].splitlines()]


class HandChannel:
    """Nobody but a person at the terminal: reports are printed, and the answer is always to go on."""

    def __init__(self, configuration: Mapping[str, Any], epochs: int, seed: int) -> None:
        self._directory = Path(tempfile.mkdtemp(prefix="trialstream-"))
        for name in ("checkpoints", "artifacts"):
            os.mkdir(self._directory / name)
        self.trial: Dict[str, Any] = {
            "protocol": PROTOCOL,
            "studyId": "by-hand",
            "number": 0,
            "trialId": "by-hand:0",
            "runId": "by-hand",
            "seed": seed,
            "epochs": epochs,
            "objective": None,
            "configuration": dict(configuration),
            "arguments": {},
            "checkpoints": str(self._directory / "checkpoints"),
            "artifacts": str(self._directory / "artifacts"),
        }
        print("by hand, in", self._directory, "with", json.dumps(configuration), file=sys.stderr)

    def send(self, report: Mapping[str, Any]) -> None:
        """Prints what a trainer would have got."""
        words = [report["type"]]
        if "epoch" in report:
            words.append(str(report["epoch"]))
        words += [f"{name}={value}" for name, value in (report.get("metrics") or {}).items()]
        words += [str(report[field]) for field in ("name", "reason") if field in report]
        print(*words)

    def answer(self, field: str, number: int) -> str:
        """Nobody stops it."""
        return "continue" if field == "epoch" else "kept"


def plain(metrics: Mapping[str, Any]) -> Dict[str, Optional[float]]:
    """Metrics as JSON has them; numbers of any library become floats, what is not finite becomes null."""
    values = {name: float(value) for name, value in metrics.items()}
    return {name: value if math.isfinite(value) else None for name, value in values.items()}
