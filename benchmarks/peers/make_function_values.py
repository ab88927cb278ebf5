"""Writes random configurations of every closed-form function with their values, for the test that compares the Java
formulas with those of problems.py.

    .venv-hyperopt/bin/python make_function_values.py ../src/test/resources/function-values.json
"""
import json
import random
import sys

import problems
import speed_peers

rng = random.Random(7)
cases = []
for name in problems.FUNCTIONS:
    problem = problems.problem(name, ".")
    for _ in range(12):
        configuration = speed_peers.random_values(problem.space, "", rng, {})
        cases.append({"function": name, "configuration": configuration, "value": problem.loss(configuration, None),
                      "regret": problem.regret(configuration)})
with open(sys.argv[1], "w") as out:
    out.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
