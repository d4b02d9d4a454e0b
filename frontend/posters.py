"""Poster images on their way to the browser: names that are let through, and a bounded cache."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable

from frontend.api import Image

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,127}\.(?:webp|svg)")
VERSION = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PATH = re.compile(rf"/rec/posters/({NAME.pattern})(?:\?v=({VERSION.pattern}))?")

CACHE_BYTES = 64 * 1024 * 1024


def browser_path(path: object) -> str:
    """Where the browser finds the poster that the backend calls `path`.

    Args:
        path: "/rec/posters/<film id>.webp?v=<hash>"; anything else is not let through.

    Returns:
        "/posters/<film id>.webp?v=<hash>", "" for any other value.
    """
    match = _PATH.fullmatch(path) if isinstance(path, str) else None
    if match is None:
        return ""
    name, version = match.groups()
    return f"/posters/{name}?v={version}" if version else f"/posters/{name}"


class PosterCache:
    """Images by name and version, the least used dropped first; safe to share among threads.

    Args:
        fetch: gives the image of a name and version, or raises.
        limit_bytes: how much image data is kept.
    """

    def __init__(
        self, fetch: Callable[[str, str | None], Image], limit_bytes: int = CACHE_BYTES
    ) -> None:
        self._fetch = fetch
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._images: OrderedDict[tuple[str, str], Image] = OrderedDict()
        self._bytes = 0

    def get(self, name: str, version: str | None) -> Image:
        """The image; an image without a version may change and is not kept."""
        if not version:
            return self._fetch(name, None)
        key = (name, version)
        with self._lock:
            image = self._images.get(key)
            if image is not None:
                self._images.move_to_end(key)
                return image
        image = self._fetch(name, version)
        self._keep(key, image)
        return image

    def _keep(self, key: tuple[str, str], image: Image) -> None:
        size = len(image.content)
        if size > self._limit_bytes:
            return
        with self._lock:
            if key in self._images:
                return
            self._images[key] = image
            self._bytes += size
            while self._bytes > self._limit_bytes:
                _, dropped = self._images.popitem(last=False)
                self._bytes -= len(dropped.content)
