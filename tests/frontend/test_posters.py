from __future__ import annotations

import pytest

from frontend.api import Image
from frontend.posters import PosterCache, browser_path


def test_the_backends_path_becomes_the_pages() -> None:
    assert browser_path("/rec/posters/jaws-1975.webp?v=ab12") == "/posters/jaws-1975.webp?v=ab12"
    assert browser_path("/rec/posters/jaws-1975.svg") == "/posters/jaws-1975.svg"


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.example/rec/posters/a.webp",
        "//elsewhere.example/rec/posters/a.webp",
        "/rec/posters/../../control/status",
        "/rec/posters/a.html",
        "/rec/posters/a.webp?v=1&next=//x",
        "/rec/posters/a.webp\n",
        'javascript:alert(1)//"',
        "",
        None,
        7,
    ],
)
def test_any_other_path_is_not_let_through(path: object) -> None:
    assert browser_path(path) == ""


class Backend:
    def __init__(self, size: int = 10) -> None:
        self.size = size
        self.asked: list[tuple[str, str | None]] = []

    def poster(self, name: str, version: str | None) -> Image:
        self.asked.append((name, version))
        return Image(b"x" * self.size, "image/webp")


def test_an_image_is_fetched_once() -> None:
    backend = Backend()
    cache = PosterCache(backend.poster)
    assert cache.get("a.webp", "1") is cache.get("a.webp", "1")
    assert backend.asked == [("a.webp", "1")]


def test_a_new_version_is_another_image() -> None:
    backend = Backend()
    cache = PosterCache(backend.poster)
    cache.get("a.webp", "1")
    cache.get("a.webp", "2")
    assert len(backend.asked) == 2


def test_the_least_used_image_goes_when_there_is_no_room() -> None:
    backend = Backend(size=10)
    cache = PosterCache(backend.poster, limit_bytes=25)
    for name in ("a", "b", "a", "c", "a", "b"):
        cache.get(name, "1")
    assert [name for name, _ in backend.asked] == ["a", "b", "c", "b"]


def test_an_image_without_a_version_is_never_kept() -> None:
    backend = Backend()
    cache = PosterCache(backend.poster)
    cache.get("a.webp", None)
    cache.get("a.webp", None)
    assert len(backend.asked) == 2


def test_an_image_larger_than_the_room_is_passed_on() -> None:
    backend = Backend(size=100)
    cache = PosterCache(backend.poster, limit_bytes=25)
    assert len(cache.get("a.webp", "1").content) == 100
    cache.get("a.webp", "1")
    assert len(backend.asked) == 2
