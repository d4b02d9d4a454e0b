#!/usr/bin/env bash
# Import a catalogue of your own: scripts/import_catalogue.sh SOURCE [options]; see docs/importing.md.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
here=$PWD
cd "$root"
source scripts/_venv.sh
ensure_venv requirements.txt
# Paths on the command line are those of the caller.
cd "$here"
PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}" \
  DATA_DIR="${DATA_DIR:-$root/var}" \
  exec "$root/.venv/bin/python" -m backend.catalog.importers "$@"
