"""What a viewer can do, each a call to the backend and a change of the viewer's state."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from frontend.api import Api, ApiError, Problem, TimedOut, Unreachable
from frontend.session import LiveSession

SESSION_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
STARTERS = 12
_CONFLICT = 409


@dataclass
class Actions:
    """The actions of one viewer; none of them raises when the backend fails.

    Attributes:
        api: the backend.
        session: the state that changes.
        trouble: one sentence on why the last action did nothing, "" when it worked.
        unopened: key of a session that is still to be opened, "" for none.
    """

    api: Api
    session: LiveSession = field(default_factory=LiveSession)
    trouble: str = ""
    unopened: str = ""

    def pick(self, movie_id: str) -> None:
        """Begin with a film, or go on from another one."""
        self._try("That film did not open", lambda: self._slate(movie_id, None))

    def like(self, movie_id: str, ranking_id: str) -> None:
        """Like a card of a ranking and get the next slate in the same call."""
        self._try("That like did not get through", lambda: self._slate(movie_id, ranking_id))

    def choose_policy(self, name: str) -> None:
        """Mix by another policy from now on."""
        before, self.session.policy = self.session.policy, name
        anchor = self.session.anchor
        if anchor is None:
            self.session.turn += 1
            return
        self._try("The policy stays as it was", lambda: self._slate(str(anchor["id"]), None))
        if self.trouble:
            self.session.policy = before

    def undo(self) -> None:
        """Take back the last like; the slate before it comes back."""

        def run() -> None:
            if self.session.key is None:
                return
            self.session.restore(self.api.undo(self.session.key))
            if self.session.ranking is None and self.session.anchor is not None:
                self._slate(str(self.session.anchor["id"]), None)

        self._try("Nothing was undone", run)

    def reset(self) -> None:
        """Forget the session, here and there."""

        def run() -> None:
            if self.session.key is not None:
                self.api.reset(self.session.key)
            self.session.clear()

        self._try("The session was not reset", run)

    def reopen(self, key: str) -> None:
        """Show the session with `key` again as it was; `unopened` keeps it for another try."""

        def run() -> None:
            if not SESSION_KEY.fullmatch(key):
                raise ApiError("the link names no session, so this is a new one.")
            self.unopened = key
            self.session.restore(self.api.session(key))
            self.unopened = ""
            if self.session.ranking is None and self.session.anchor is not None:
                self._slate(str(self.session.anchor["id"]), None)

        self._try("The session did not open", run)

    def _slate(self, movie_id: str, ranking_id: str | None) -> None:
        session = self.session
        self.unopened = ""
        answer = self.api.slate(
            movie_id,
            session_key=session.key,
            policy=session.policy or None,
            ranking_id=ranking_id,
        )
        session.show(answer)
        if session.key and session.differs(answer):
            session.restore(self.api.session(session.key))

    def _catch_up(self) -> None:
        """Show the session as it stands, after another tab or window changed it."""
        if self.session.key is None:
            return
        try:
            self.session.restore(self.api.session(self.session.key))
        except ApiError:
            return
        self.trouble = "This session was changed elsewhere; here is how it stands now."

    def _try(self, what: str, run: Callable[[], None]) -> None:
        self.trouble = ""
        try:
            run()
        except ApiError as error:
            if isinstance(error, Problem) and error.status < 500:
                self.unopened = ""
            self.trouble = explain(what, error)
            if isinstance(error, Problem) and error.status == _CONFLICT:
                self._catch_up()
            # A new turn tells the browser that its click was dealt with.
            self.session.turn += 1


def explain(what: str, error: ApiError) -> str:
    """One plain sentence or two on what failed, why, and what to do."""
    if isinstance(error, Unreachable):
        return f"{what}: nobody answers."
    if isinstance(error, TimedOut):
        return f"{what}: no answer in time. Try it again."
    return f"{what}: {error.detail}"
