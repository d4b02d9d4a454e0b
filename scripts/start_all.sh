#!/usr/bin/env bash
# Start everything: dependencies, catalogue, Serve, page. Ctrl-C stops it; --detach returns.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/_venv.sh
case "${1:-}" in
  "" | --detach) ;;
  *) die "usage: scripts/start_all.sh [--detach]" ;;
esac
ensure_venv requirements.txt
exec .venv/bin/python -m scripts.launch start "$@"
