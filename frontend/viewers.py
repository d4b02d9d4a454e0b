"""The viewers of this server, found again by the secret of their page."""

from __future__ import annotations

import threading
from weakref import WeakValueDictionary

from frontend.actions import Actions


class Viewers:
    """Who is watching, for as long as Streamlit keeps their session; safe to share among threads.

    Nothing is held here: a viewer whose session Streamlit has dropped is gone from here too.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_view: WeakValueDictionary[str, Actions] = WeakValueDictionary()

    def add(self, actions: Actions) -> None:
        """Find these actions by their `view` from now on."""
        with self._lock:
            self._by_view[actions.view] = actions

    def get(self, view: str) -> Actions | None:
        """The actions of the page with this secret, None when there is no such page."""
        with self._lock:
            return self._by_view.get(view)
