"""Input that nobody means well with: generated from the OpenAPI documents, and a kept corpus."""

from __future__ import annotations

import pytest
import requests

from backend.presenter import token_file
from backend.settings import Settings
from benchmarks.hostile import APPLICATIONS, attack, complaint
from tests.api import corpus
from tests.openapi import Contract
from tests.system import System

pytestmark = pytest.mark.cluster

TEXT_PLACES = (
    ("GET", "/rec/ensemble", "liked_id"),
    ("GET", "/rec/ensemble", "session_key"),
    ("GET", "/rec/ensemble", "policy"),
    ("GET", "/rec/ensemble", "ranking_id"),
    ("GET", "/rec/color", "liked_id"),
    ("GET", "/rec/movies", "query"),
    ("GET", "/rec/search", "query"),
)
NUMBER_PLACES = (
    ("/rec/ensemble", "count"),
    ("/rec/movies", "limit"),
    ("/rec/movies", "offset"),
    ("/rec/starters", "count"),
    ("/control/sessions", "limit"),
)
PATHS = ("/rec/{}", "/rec/movies/{}", "/rec/posters/{}", "/rec/sessions/{}", "/control/{}", "/{}")


@pytest.fixture(scope="module")
def client() -> requests.Session:
    return requests.Session()


def check(answer: requests.Response) -> None:
    found = complaint(answer.status_code, dict(answer.headers), answer.content)
    assert found is None, f"{answer.request.method} {answer.request.url}: {found}"


@pytest.mark.parametrize(("method", "path", "name"), TEXT_PLACES)
def test_no_text_of_the_corpus_breaks_a_parameter(system: System, client, method, path, name):
    for text in corpus.TEXTS:
        query = {"liked_id": "alien-1979", name: text}
        check(client.request(method, system.api + path, params=query, timeout=20))


@pytest.mark.parametrize(("path", "name"), NUMBER_PLACES)
def test_no_number_of_the_corpus_breaks_a_parameter(system: System, client, path, name):
    for number in corpus.NUMBERS:
        query = {"liked_id": "alien-1979", name: number}
        check(client.get(system.api + path, params=query, timeout=20))


@pytest.mark.parametrize("path", PATHS)
def test_no_text_of_the_corpus_breaks_a_path(system: System, client, path):
    for text in corpus.TEXTS:
        part = requests.utils.quote(text, safe="")
        check(client.get(system.api + path.format(part), timeout=20))


@pytest.mark.parametrize("path", ["/", "/rank", "/rec/likes", "/rec/sessions/corpus/undo"])
@pytest.mark.parametrize("media_type", ["application/json", "text/plain", None])
def test_no_body_of_the_corpus_breaks_a_route(system: System, client, path, media_type):
    headers = {"content-type": media_type} if media_type else {}
    for body in corpus.BODIES:
        check(client.post(system.api + path, data=body, headers=headers, timeout=20))


@pytest.mark.parametrize("application", APPLICATIONS)
def test_what_is_generated_from_the_openapi_document_breaks_nothing(system: System, application):
    # A complaint is also an answer that does not follow the published schema of its status.
    token = token_file(Settings(system.environment)).read_text().strip()
    report = attack(system.api, application, requests_wanted=240, token=token)
    assert report.requests >= 240
    assert report.complaints == []
    # Without good answers the schemas of good answers would not have been looked at.
    url = f"{system.api}{APPLICATIONS[application]}/openapi.json"
    document = Contract(requests.get(url, timeout=20).json())
    operations = {f"{method} {path}" for method, path, _ in document.operations()}
    # The sessions it knows may all have been reset by then.
    operations.discard("POST /sessions/{session_key}/undo")
    assert operations <= set(report.answered)
