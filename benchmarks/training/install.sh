#!/bin/sh
# Installs PyTorch of libtorch's version into an environment of its own, .venv beside this script (some 7 GB: the package
# for Linux brings the libraries for GPUs along, which this measurement does not use).
set -eu
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/pip install --quiet numpy torch==2.10.0
.venv/bin/python -c "import torch; print('PyTorch', torch.__version__, 'installed')"
