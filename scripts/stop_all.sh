#!/usr/bin/env bash
# Stop what start_all.sh started, and only that.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ ! -x .venv/bin/python ]; then
  echo "Nothing of ours was running."
  exit 0
fi
exec .venv/bin/python -m scripts.launch stop
