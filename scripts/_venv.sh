# Sourced by the other scripts: make .venv and install pinned requirements, only when they changed.

die() { echo "double-feature: $*" >&2; exit 1; }

find_python() {
  local name
  for name in python3.12 python3.11 python3.13 python3 python; do
    if command -v "$name" >/dev/null 2>&1 \
      && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  die "Python 3.11, 3.12 or 3.13 is needed, and none was found; install it and try again"
}

# ensure_venv FILE...: the virtual environment has what these requirement files name.
ensure_venv() {
  if [ ! -x .venv/bin/python ]; then
    local python
    python=$(find_python) || exit 1
    echo "Making .venv with $("$python" --version)."
    rm -rf .venv
    "$python" -m venv .venv || die "python -m venv failed; on Debian install python3-venv"
  fi
  local file stamp wanted
  for file in "$@"; do
    stamp=".venv/.installed-$(basename "$file")"
    wanted=$(cksum <"$file")
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
      echo "Installing $file (a minute or two the first time)."
      .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$file" \
        || die "pip could not install $file; see its message above"
      echo "$wanted" >"$stamp"
    fi
  done
}
