# Sourced by run_tests.sh: PostgreSQL's programs for the tests of the log on a server. The tests start
# a server of their own on loopback; none is started here.

find_postgres() {
  ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -1
  command -v initdb 2>/dev/null || true
}

ensure_postgres() {
  [ -z "$(find_postgres)" ] || return 0
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing PostgreSQL for the tests of the log on a server."
    apt-get update -qq
    # Without a cluster of the system's own, which would listen on the usual port.
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql-common >/dev/null
    sed -ri 's/^#?create_main_cluster .*$/create_main_cluster = false/' \
      /etc/postgresql-common/createcluster.conf
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
  fi
  if [ -z "$(find_postgres)" ]; then
    [ "${CI:-}" != true ] || die "CI needs PostgreSQL's initdb, and it could not be installed"
    echo "PostgreSQL was not found: tests of the log on a server will be skipped. Install postgresql to run them."
  fi
}
