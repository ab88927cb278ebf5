import json
import os
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"


class Trainer:
    """The files of a trial, and what a trainer would answer."""

    def __init__(self, directory, script, epochs=3, resume=None, answers=None):
        self.directory = Path(directory)
        for name in ("checkpoints", "artifacts", "resume"):
            (self.directory / name).mkdir()
        (self.directory / "reports").touch()
        (self.directory / "answers").touch()
        trial = {
            "protocol": 1, "studyId": "s", "number": 3, "trialId": "s:3", "runId": "r", "seed": 7, "epochs": epochs,
            "objective": {"metric": "acc", "direction": "maximize"}, "configuration": {"lr": 0.5}, "arguments": {},
            "reports": str(self.directory / "reports"), "answers": str(self.directory / "answers"),
            "checkpoints": str(self.directory / "checkpoints"), "artifacts": str(self.directory / "artifacts"),
        }
        if resume:
            trial["resume"] = {"epoch": resume, "directory": str(self.directory / "resume")}
        (self.directory / "trial.json").write_text(json.dumps(trial))
        program = self.directory / "train.py"
        program.write_text("import trialstream\n" + textwrap.dedent(script) + "\ntrialstream.run()\n")
        self.answers = answers or {}
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), "TRIALSTREAM_TRIAL": str(self.directory / "trial.json")}
        self.process = subprocess.Popen([sys.executable, str(program)], env=environment, stderr=subprocess.PIPE)

    def run(self):
        answered = 0
        until = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < until:
            reports = self.reports()
            for report in reports[answered:]:
                self.answer(report)
            answered = len(reports)
            time.sleep(0.01)
        self.process.kill()
        self.error = self.process.communicate()[1].decode()
        return self.process.returncode

    def answer(self, report):
        with open(self.directory / "answers", "a") as file:
            if report["type"] == "epoch":
                answer = self.answers.get(report["epoch"], "continue")
                file.write(json.dumps({"epoch": report["epoch"], "answer": answer}) + "\n")
            elif report["type"] == "checkpoint":
                file.write(json.dumps({"checkpoint": report["epoch"], "answer": "kept"}) + "\n")

    def reports(self):
        return [json.loads(line) for line in (self.directory / "reports").read_text().splitlines()]


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)

    def trainer(self, script, **more):
        return Trainer(self.temporary.name, script, **more)

    TRAIN = """
        @trialstream.objective
        def train(trial):
            for epoch in trial.epochs():
                with trial.checkpoint() as directory:
                    (directory / "state").write_text(str(epoch))
                trial.report(epoch, acc=trial["lr"] * epoch, loss=float("nan"))
            (trial.artifact_directory / "notes.txt").write_text("x")
            trial.artifact("notes.txt")
            return {"test_acc": 0.25}
    """

    def test_reports_epochs_checkpoints_artifacts_and_the_end(self):
        trainer = self.trainer(self.TRAIN)
        self.assertEqual(0, trainer.run(), trainer.error)
        reports = trainer.reports()
        self.assertEqual({"type": "begin", "protocol": 1}, reports[0])
        self.assertEqual(["checkpoint", "epoch"] * 3 + ["artifact", "done"], [one["type"] for one in reports[1:]])
        self.assertEqual({"acc": 0.5, "loss": None}, reports[2]["metrics"])
        self.assertEqual({"test_acc": 0.25}, reports[-1]["metrics"])

    def test_ends_in_order_when_it_is_pruned(self):
        trainer = self.trainer(self.TRAIN, epochs=10, answers={2: "prune"})
        self.assertEqual(0, trainer.run(), trainer.error)
        self.assertEqual(2, trainer.reports()[-1]["epoch"])

    def test_goes_on_after_the_saved_epoch(self):
        trainer = self.trainer(self.TRAIN, resume=2)
        self.assertEqual(0, trainer.run(), trainer.error)
        self.assertEqual([3], [one["epoch"] for one in trainer.reports() if one["type"] == "epoch"])

    def test_a_number_that_is_returned_is_the_objective(self):
        trainer = self.trainer("@trialstream.objective\ndef f(trial):\n    return trial['lr'] * 2")
        self.assertEqual(0, trainer.run(), trainer.error)
        self.assertEqual({"type": "done", "metrics": {"acc": 1.0}}, trainer.reports()[-1])

    def test_infeasible(self):
        trainer = self.trainer("@trialstream.objective\ndef f(trial):\n    raise trialstream.Infeasible('too wide')")
        self.assertEqual(0, trainer.run(), trainer.error)
        self.assertEqual({"type": "infeasible", "reason": "too wide"}, trainer.reports()[-1])

    def test_a_failure_is_a_failure(self):
        trainer = self.trainer("@trialstream.objective\ndef f(trial):\n    return 1 / 0")
        self.assertEqual(1, trainer.run())
        self.assertIn("ZeroDivisionError", trainer.error)


class ByHandTest(unittest.TestCase):
    def run_by_hand(self, *arguments):
        script = (
            "import trialstream\nfrom trialstream import hp\n"
            "@trialstream.objective(space={'lr': hp.uniform('lr', 0, 1), 'opt': {'m': 1}})\n"
            "def train(trial):\n"
            "    print(trial.configuration)\n"
            "    for epoch in trial.epochs():\n"
            "        trial.report(epoch, acc=0.5)\n"
            "    return 0.5\n"
            "trialstream.run()\n"
        )
        environment = {name: value for name, value in os.environ.items() if name != "TRIALSTREAM_TRIAL"}
        environment["PYTHONPATH"] = str(SOURCE)
        return subprocess.run(
            [sys.executable, "-c", script, *arguments], env=environment, capture_output=True, text=True, timeout=60
        )

    def test_prints_what_it_would_report(self):
        done = self.run_by_hand("--lr", "0.1", "opt.m=2", "--epochs=2")
        self.assertEqual(
            "{'lr': 0.1, 'opt': {'m': 2}}\nepoch 1 acc=0.5\nepoch 2 acc=0.5\ndone objective=0.5\n", done.stdout
        )

    def test_draws_what_is_not_given(self):
        self.assertEqual(self.run_by_hand().stdout, self.run_by_hand("--seed", "0").stdout)

    def test_says_what_it_does_not_understand(self):
        done = self.run_by_hand("lr")
        self.assertEqual(2, done.returncode)
        self.assertIn("write --lr VALUE", done.stderr)


if __name__ == "__main__":
    unittest.main()
