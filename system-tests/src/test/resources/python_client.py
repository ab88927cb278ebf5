"""Drives a server with the trialstream package: python_client.py URL."""

import sys

import trialstream
from trialstream import hp

client = trialstream.Client(sys.argv[1])
study = client.create({
    "name": "from-python",
    "objective": {"metric": "val_accuracy", "direction": "maximize"},
    "sampler": {"type": "random", "seed": 7},
    "budget": {"trials": 3},
    "training": {"workload": "exec", "program": "blobs", "epochs": 2},
    "space": {
        "lr": hp.loguniform("lr", -5, 0),
        "momentum": hp.choice("momentum", [None, hp.uniform("momentum_value", 0.5, 0.9)]),
        "decay": 0.001,
    },
})
identity = study["studyId"]
client.enqueue(identity, [{"lr": 0.1, "momentum": None, "decay": 0.001}])
assert client.wait(identity, timeout=120)["state"] == "COMPLETED"
trials = list(client.trials(identity))
assert [trial["state"] for trial in trials] == ["COMPLETED"] * 3, trials
assert any(trial["configuration"]["momentum"] is None for trial in trials), trials
assert len(client.curve(f"{identity}:0")) == 2
assert client.leaderboard(identity, limit=2)[0]["trial"]["objective"] > 0.5
try:
    client.create({"name": "wrong", "space": {}})
    raise AssertionError("a wrong study was created")
except trialstream.ProblemError as refused:
    assert "training" in [problem.field for problem in refused.problems], refused
client.delete(identity)
print("the client works")
