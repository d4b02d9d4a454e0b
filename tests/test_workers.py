"""What worker processes do before they import Serve."""

import subprocess
import sys

from backend.settings import REPOSITORY


def python(code: str) -> str:
    """What a new process prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.strip()


def test_serve_works_without_pandas():
    code = (
        "from backend.workers import set_up; set_up(); import sys; from ray import serve; "
        "import backend.apps; print('pandas' in sys.modules)"
    )
    assert python(code) == "False"


def test_who_has_pandas_already_keeps_it():
    code = (
        "import pandas; from backend.workers import leave_out_pandas; leave_out_pandas(); "
        "import pandas; print(pandas.DataFrame({'a': [1]}).shape)"
    )
    assert python(code) == "(1, 1)"


def test_a_recommender_opens_no_database_library():
    code = "import sys, backend.recommenders.replica; print('sqlalchemy' in sys.modules)"
    assert python(code) == "False"
