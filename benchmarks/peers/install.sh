#!/bin/sh
# Installs each peer into a virtual environment of its own beside this script.
set -eu
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
install_peer() {
    [ -x ".venv-$1/bin/pip" ] || "$python" -m venv ".venv-$1"
    name="$1"; shift
    ".venv-$name/bin/pip" install --quiet --disable-pip-version-check "$@"
}
install_peer hyperopt "hyperopt==0.3.0" "pyyaml==6.0.3"
install_peer optuna4 "optuna==4.0.0"
install_peer optuna5 "optuna==5.0.0rc1"
