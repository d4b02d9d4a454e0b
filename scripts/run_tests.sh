#!/usr/bin/env bash
# Install what the tests need, then lint, check types and run every test. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/_venv.sh
source scripts/_postgres.sh
ensure_venv requirements.txt requirements-dev.txt
ensure_postgres

find_browser() {
  local name
  for name in "${BROWSER_PATH:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
}
BROWSER_PATH=$(find_browser)
if [ -z "$BROWSER_PATH" ] && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing chromium for the browser tests."
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  BROWSER_PATH=$(find_browser)
fi
if [ -z "$BROWSER_PATH" ]; then
  .venv/bin/python -m playwright install chromium \
    || die "no browser found; install chromium or set BROWSER_PATH"
fi
export BROWSER_PATH

.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
exec .venv/bin/python -m pytest "$@"
