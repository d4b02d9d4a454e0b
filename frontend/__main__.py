"""`python -m frontend` serves the page; UI_PORT, HOST and API_URL say where."""

import sys

from frontend.server import serve
from frontend.settings import InvalidSetting


def main() -> int:
    """Serve until stopped; 2 when a setting is wrong."""
    try:
        serve()
    except InvalidSetting as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
