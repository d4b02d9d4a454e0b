"""What a viewer can do, each a call to the backend and a change of the viewer's state."""

from __future__ import annotations

import re
import secrets
import threading
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

    A click may come by a request of its own while the page's script runs, so one action is done
    at a time, and its outcome takes the place of the state as a whole: who reads `session` once
    reads one moment of it.

    Attributes:
        api: the backend.
        session: the state; replaced by every action, never changed.
        trouble: one sentence on why the last action did nothing, "" when it worked.
        unopened: key of a session that is still to be opened, "" for none.
        view: secret of this viewer's page, by which its clicks are known.
        lock: held while an action is done.
    """

    api: Api
    session: LiveSession = field(default_factory=LiveSession)
    trouble: str = ""
    unopened: str = ""
    view: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def press(self, movie_id: str, ranking_id: str) -> None:
        """What a click on a card means: a like of its ranking, or a film to begin with."""
        if ranking_id:
            self.like(movie_id, ranking_id)
        else:
            self.pick(movie_id)

    def pick(self, movie_id: str) -> None:
        """Begin with a film, or go on from another one."""
        self._try("That film did not open", lambda session: self._slate(session, movie_id, None))

    def like(self, movie_id: str, ranking_id: str) -> None:
        """Like a card of a ranking and get the next slate in the same call."""
        self._try(
            "That like did not get through",
            lambda session: self._slate(session, movie_id, ranking_id),
        )

    def choose_policy(self, name: str) -> None:
        """Mix by another policy from now on."""

        def run(session: LiveSession) -> None:
            before, session.policy = session.policy, name
            if session.anchor is None:
                session.turn += 1
                return
            try:
                self._slate(session, str(session.anchor["id"]), None)
            except ApiError:
                session.policy = before
                raise

        self._try("The policy stays as it was", run)

    def undo(self) -> None:
        """Take back the last like; the slate before it comes back."""

        def run(session: LiveSession) -> None:
            if session.key is None:
                return
            session.restore(self.api.undo(session.key))
            self._fill(session)

        self._try("Nothing was undone", run)

    def reset(self) -> None:
        """Forget the session, here and there."""

        def run(session: LiveSession) -> None:
            if session.key is not None:
                self.api.reset(session.key)
            session.clear()

        self._try("The session was not reset", run)

    def reopen(self, key: str) -> None:
        """Show the session with `key` again as it was; `unopened` keeps it for another try."""

        def run(session: LiveSession) -> None:
            if not SESSION_KEY.fullmatch(key):
                raise ApiError("the link names no session, so this is a new one.")
            self.unopened = key
            session.restore(self.api.session(key))
            self.unopened = ""
            self._fill(session)

        self._try("The session did not open", run)

    def _fill(self, session: LiveSession) -> None:
        """A slate for a session that has a film but no ranking."""
        if session.ranking is None and session.anchor is not None:
            self._slate(session, str(session.anchor["id"]), None)

    def _slate(self, session: LiveSession, movie_id: str, ranking_id: str | None) -> None:
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

    def _catch_up(self, session: LiveSession) -> None:
        """Show the session as it stands, after another tab or window changed it."""
        if session.key is None:
            return
        try:
            session.restore(self.api.session(session.key))
        except ApiError:
            return
        self.trouble = "This session was changed elsewhere; here is how it stands now."

    def _try(self, what: str, run: Callable[[LiveSession], None]) -> None:
        with self.lock:
            session, self.trouble = self.session.copy(), ""
            try:
                run(session)
            except ApiError as error:
                if isinstance(error, Problem) and error.status < 500:
                    self.unopened = ""
                self.trouble = explain(what, error)
                if isinstance(error, Problem) and error.status == _CONFLICT:
                    self._catch_up(session)
                # A new turn tells the browser that its click was dealt with.
                session.turn += 1
            self.session = session


def explain(what: str, error: ApiError) -> str:
    """One plain sentence or two on what failed, why, and what to do."""
    if isinstance(error, Unreachable):
        return f"{what}: nobody answers."
    if isinstance(error, TimedOut):
        return f"{what}: no answer in time. Try it again."
    return f"{what}: {error.detail}"
