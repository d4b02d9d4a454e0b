"""The impression store of one shard: sessions in memory, every event in the log first.

Plain asyncio, without Ray, in a loop of its own: reading a session and writing a group block it. A
command sees and changes a session as one step; what it then waits for is the commit, which it
shares with all commands that run before it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy.exc import SQLAlchemyError

from backend.ensemble.policies import POLICIES, Policy, make_policy
from backend.errors import DoubleFeatureError, SessionFull, Unavailable, UnknownImpression
from backend.impressions.answers import ranking_answer, session_answer
from backend.impressions.cache import Entry, SessionCache
from backend.impressions.event_log import KNOWN_LIKE, NEW_LIKE, REFUSED_LIKE, EventLog, Tally
from backend.impressions.session import Event, Ranking, Session, ranked
from backend.settings import Settings

log = logging.getLogger("ray.serve")


@dataclass(frozen=True)
class RankRequest:
    """Everything the store needs to make and record one ranking.

    Attributes:
        ranking_id: of the ranking to be made; a request sent again answers the same.
        liked_id: the film it is made for. When this session was shown it, that is a like.
        liked_ranking_id: the ranking that the like belongs to; None for the latest that showed it.
        policy: name, or None for the session's last one.
        candidates: film ids by source, best first, without `liked_id`.
        complete: sources that have no more candidates than these.
        missing: sources that gave none, with the reason.
    """

    session_key: str
    ranking_id: str
    liked_id: str
    liked_ranking_id: str | None
    policy: str | None
    count: int
    candidates: Mapping[str, Sequence[str]]
    complete: frozenset[str]
    missing: Mapping[str, str]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """A request that came as JSON."""
        return cls(**{**record, "complete": frozenset(record["complete"])})


class ImpressionStore:
    """Sessions of one shard.

    Args:
        settings: limits, sources and the parameters of the policies.
        clock: Unix time in seconds.
        shard: names its row of the ledger.
        default_policy: gives the policy of sessions that have none; default: of the settings.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], float] = time.time,
        shard: int = 0,
        default_policy: Callable[[], str] | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._default_policy = default_policy or (lambda: str(settings.policy))
        self._log = EventLog(settings.database_url, f"shard {shard}")
        self._entries = SessionCache(settings, clock)
        self._flushing: asyncio.Future[None] | None = None
        self._likes_counted = 0
        self._policies = {
            name: make_policy(name, settings.prior_likes, settings.exploration_share)
            for name in POLICIES
        }

    # Commands

    async def rank(self, request: RankRequest) -> dict[str, Any]:
        """Count the like, make a slate and record it.

        Returns:
            The ranking as in `ranking_answer`, with `likes` held by the session, or
            `{"more": True}` when some source's candidates are too few to fill the slate: then
            nothing has happened, and the request is to be sent again with all of them.
        Raises:
            UnknownImpression: `liked_ranking_id` did not show the film.
            SessionFull: the session holds as many likes as it may.
            Unavailable: the log could not be written; nothing was counted.
        """
        entry = self._entry(request.session_key)
        session = entry.session
        if request.ranking_id in session.rankings:
            ranking = session.rankings[request.ranking_id]
            if ranking.like:
                self._append(request.session_key, entry, tally=KNOWN_LIKE)
            await self._committed(request.session_key, entry)
            return {**ranking_answer(ranking), "likes": len(session.likes)}
        excluded = session.excluded() | {request.liked_id}
        for source, films in request.candidates.items():
            left = len(films) - sum(film in excluded for film in films)
            if left < request.count and source not in request.complete:
                return {"more": True}
        policy = self._policy(session, request.policy)
        try:
            like, liked = self._like_of(session, request, policy)
        except (UnknownImpression, SessionFull):
            self._refused()
            raise
        dist = liked.payload["dist"] if liked else self._weights(session, policy)
        slate = policy.fill(
            {source: dist[source] for source in request.candidates} if request.candidates else {},
            request.candidates,
            request.count,
            random.Random(request.ranking_id),
            excluded,
        )
        ranking = Ranking(
            ranking_id=request.ranking_id,
            policy=policy.name,
            anchor_id=request.liked_id,
            dist=dist,
            slots=slate.slots,
            exposure=slate.exposure,
            missing=dict(request.missing),
            count=request.count,
            at=self._clock(),
            like=like,
        )
        events = [liked, ranked(ranking)] if liked else [ranked(ranking)]
        tally = NEW_LIKE if liked else KNOWN_LIKE if like else None
        self._append(request.session_key, entry, *events, tally=tally)
        await self._committed(request.session_key, entry)
        return {**ranking_answer(ranking), "likes": len(session.likes)}

    async def like(self, session_key: str, ranking_id: str, movie_id: str) -> dict[str, Any]:
        """Count a like; the same one again changes nothing and answers the same but `counted`.

        Raises:
            UnknownImpression, SessionFull, Unavailable: as in `rank`.
        """
        entry = self._entry(session_key)
        session = entry.session
        held = session.counted_like(ranking_id, movie_id)
        if held is None:
            try:
                source = session.credit_of(ranking_id, movie_id).source
                policy = self._policy(session, session.rankings[ranking_id].policy)
                event = self._like_event(session, ranking_id, movie_id, policy)
            except (UnknownImpression, SessionFull):
                self._refused()
                raise
            self._append(session_key, entry, event, tally=NEW_LIKE)
        else:
            source = held.source
            policy = self._policy(session, None)
            self._append(session_key, entry, tally=KNOWN_LIKE)
        await self._committed(session_key, entry)
        return {
            "session_key": session_key,
            "ranking_id": ranking_id,
            "movie_id": movie_id,
            "source": source,
            "counted": held is None,
            "likes": len(session.likes),
            "dist": self._weights(session, policy),
        }

    async def undo(self, session_key: str, undo_id: str) -> dict[str, Any]:
        """Take back the last like; the same command again takes back nothing more.

        Args:
            undo_id: names this command.
        Raises:
            NothingToUndo: there is none.
            Unavailable: the log could not be written; nothing was taken back.
        """
        entry = self._entry(session_key)
        session = entry.session
        if undo_id not in session.undos:
            self._append(session_key, entry, session.undo(self._clock(), undo_id))
        like = session.undos[undo_id]
        await self._committed(session_key, entry)
        undone = {
            "number": len(session.likes) + 1,
            "movie_id": like.movie_id,
            "ranking_id": like.ranking_id,
            "source": like.source,
        }
        return {"session_key": session_key, "undone": undone, **self._state(session_key, session)}

    async def reset(self, session_key: str) -> dict[str, Any]:
        """Forget what this session was shown and liked; a session without either stays so."""
        entry = self._entry(session_key)
        if not entry.session.is_empty():
            self._append(session_key, entry, Event("reset", self._clock()))
            await self._committed(session_key, entry)
        return {"session_key": session_key, "reset": True}

    async def session(self, session_key: str) -> dict[str, Any]:
        """The whole state of a session; an unknown one is empty."""
        entry = self._entry(session_key)
        await self._committed(session_key, entry)
        if entry.session.is_empty() and entry.session.version == 0:
            # Looking at a session does not make one.
            self._entries.drop(session_key, entry)
        return self._state(session_key, entry.session)

    def stats(self) -> dict[str, int]:
        """Sessions in memory, likes they hold, and likes counted since this process started."""
        return {
            "sessions": len(self._entries),
            "likes": self._entries.likes,
            "counted": self._likes_counted,
        }

    def close(self) -> None:
        """Write what waits and close the log."""
        self._log.close()

    # Helpers

    def _policy(self, session: Session, name: str | None) -> Policy:
        if name is None:
            name = session.current.policy if session.current else self._default_policy()
        return self._policies[name]

    def _weights(self, session: Session, policy: Policy) -> dict[str, float]:
        sources = self._settings.sources
        return session.weights(policy.name, lambda credits: policy.weights(credits, sources))

    def _like_event(
        self, session: Session, ranking_id: str, movie_id: str, policy: Policy
    ) -> Event:
        credits = [*session.credits(), session.credit_of(ranking_id, movie_id)]
        dist = policy.weights(credits, self._settings.sources)
        event = session.like(ranking_id, movie_id, dist, self._clock())
        self._likes_counted += 1
        return event

    def _like_of(
        self, session: Session, request: RankRequest, policy: Policy
    ) -> tuple[dict[str, Any] | None, Event | None]:
        """The like that a request for recommendations implies, and its event if it counts."""
        film, ranking_id = request.liked_id, request.liked_ranking_id
        held = session.counted_like(ranking_id, film) if ranking_id else session.like_of(film)
        if held is not None:
            return _like(held.ranking_id, film, held.source, counted=False), None
        if ranking_id is None:
            latest = session.ranking_that_showed(film)
            if latest is None:
                return None, None
            ranking_id = latest.ranking_id
        source = session.credit_of(ranking_id, film).source
        event = self._like_event(session, ranking_id, film, policy)
        return _like(ranking_id, film, source, counted=True), event

    def _state(self, session_key: str, session: Session) -> dict[str, Any]:
        policy = self._policy(session, None)
        sources = self._settings.sources
        return session_answer(
            session_key,
            session,
            policy=policy.name,
            even=policy.weights([], sources),
            dist=self._weights(session, policy),
        )

    def _append(
        self, session_key: str, entry: Entry, *events: Event, tally: Tally | None = None
    ) -> None:
        self._log.room()
        for event in events:
            entry.session.apply(event)
        commit = self._log.append(entry.stream, *events, tally=tally, session=entry.session)
        entry.commits.append(commit)
        self._entries.keep(session_key, entry, changed=bool(events))

    def _refused(self) -> None:
        """Count a like that was refused; the refusal does not wait for the disk."""
        with contextlib.suppress(Unavailable):
            self._log.append(None, tally=REFUSED_LIKE)
            self._flush()

    async def _committed(self, session_key: str, entry: Entry) -> None:
        """Wait until all that this session was told is on disk.

        When the log fails, the session is forgotten here, so that memory never holds more than
        the log.
        """
        commits = list(entry.commits)
        if any(not commit.done() for commit in commits):
            await asyncio.shield(self._flush())
        try:
            for commit in commits:
                commit.result()
        except DoubleFeatureError:
            self._entries.drop(session_key, entry)
            raise
        entry.pending()

    def _flush(self) -> asyncio.Future[None]:
        """The next write to disk; it comes after the commands that can run until then."""
        if self._flushing is None:
            loop = asyncio.get_running_loop()
            self._flushing = loop.create_future()
            loop.call_soon(self._write)
        return self._flushing

    def _write(self) -> None:
        written, self._flushing = self._flushing, None
        self._log.flush()
        if written is not None:
            written.set_result(None)

    def _entry(self, session_key: str) -> Entry:
        """The session, from memory or from the log."""
        self._entries.sweep()
        entry = self._entries.get(session_key)
        if entry is None:
            session = self._entries.new_session()
            try:
                stream = self._log.load(session_key, session)
            except SQLAlchemyError:
                log.exception("a session could not be read")
                raise Unavailable("the event log cannot be read; send the request again") from None
            entry = Entry(session, stream)
            self._entries.keep(session_key, entry)
        return entry


def _like(ranking_id: str, movie_id: str, source: str, *, counted: bool) -> dict[str, Any]:
    return {
        "ranking_id": ranking_id,
        "movie_id": movie_id,
        "source": source,
        "counted": counted,
    }
