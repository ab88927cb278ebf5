#!/bin/sh
# The speed of all samplers in one run: bench-speed, then each installed peer, then the table. Arguments go to bench-speed.
set -eu
cd "$(dirname "$0")"
../bench-speed -rf json -rff ../results/speed-trialstream.json "$@"
for peer in hyperopt optuna4 optuna5; do
    ".venv-$peer/bin/python" speed_peers.py --trials 100,1000,10000
done
python3 make_tables.py speed
