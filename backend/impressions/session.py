"""One session: the rankings it was shown, its likes, and what follows from them.

Everything is an event. A command (`like`, `undo`, ...) checks its rules and returns the event;
`apply` changes the state. The log holds the events, so replaying them gives the same session; so
does a snapshot (`state`, `restore`) with the rankings still held and the events after it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from backend.ensemble.preference import Credit, Credited
from backend.errors import NothingToUndo, SessionFull, UnknownImpression, shorten
from backend.impressions.records import Event, Like, Ranking, ranked, ranking_from

__all__ = ["Event", "Like", "Ranking", "Session", "ranked", "ranking_from"]

# Undo commands remembered, to know one that is sent again.
_KNOWN_UNDOS = 50


class Session:
    """The state of one session.

    Args:
        max_rankings: rankings that can still be liked; the oldest are forgotten first.
        max_likes: likes that the session may hold.
    """

    def __init__(self, max_rankings: int = 200, max_likes: int = 1000) -> None:
        self.max_rankings = max_rankings
        self.max_likes = max_likes
        # Events so far, the forgotten ones too: the number of the last in the log.
        self.version = 0
        self._clear()

    def _clear(self) -> None:
        self.rankings: OrderedDict[str, Ranking] = OrderedDict()
        self._numbers: dict[str, int] = {}
        self.likes: list[Like] = []
        self.starts: dict[str, None] = {}
        self.current: Ranking | None = None
        # The first ranking shown after each number of likes, for the history.
        self.shown_after: dict[int, Mapping[str, int]] = {}
        self.shown_total: dict[str, int] = {}
        self._counted: set[tuple[str, str]] = set()
        self.undos: OrderedDict[str, Like] = OrderedDict()
        self._weights: dict[str, dict[str, float]] = {}

    # What is known

    def is_empty(self) -> bool:
        """Whether nothing was shown or liked."""
        return not (self.rankings or self.likes)

    def credits(self) -> Sequence[Credited]:
        """The likes as policies read them, oldest first."""
        return self.likes

    def weights(
        self, policy: str, compute: Callable[[Sequence[Credited]], dict[str, float]]
    ) -> dict[str, float]:
        """The mix by a policy after the likes so far, computed once until the likes change."""
        if policy not in self._weights:
            self._weights[policy] = compute(self.credits())
        return dict(self._weights[policy])

    def likes_by_source(self) -> dict[str, int]:
        """Counted likes of each source that has any."""
        counts: dict[str, int] = {}
        for like in self.likes:
            counts[like.source] = counts.get(like.source, 0) + 1
        return counts

    def excluded(self) -> set[str]:
        """Films not to be shown again: liked, or begun with."""
        return {like.movie_id for like in self.likes} | set(self.starts)

    def is_counted(self, ranking_id: str, movie_id: str) -> bool:
        """Whether this like was counted and not taken back."""
        return (ranking_id, movie_id) in self._counted

    def counted_like(self, ranking_id: str, movie_id: str) -> Like | None:
        """The like of this film in this ranking, if it is counted."""
        if not self.is_counted(ranking_id, movie_id):
            return None
        return next(
            like
            for like in reversed(self.likes)
            if (like.ranking_id, like.movie_id) == (ranking_id, movie_id)
        )

    def like_of(self, movie_id: str) -> Like | None:
        """The last counted like of this film in any ranking, or None."""
        return next((like for like in reversed(self.likes) if like.movie_id == movie_id), None)

    def ranking_that_showed(self, movie_id: str) -> Ranking | None:
        """The latest ranking in which this film was shown, or None."""
        for ranking in reversed(self.rankings.values()):
            if ranking.source_of(movie_id) is not None:
                return ranking
        return None

    # Commands: check, and say what happened

    def like(self, ranking_id: str, movie_id: str, dist: Mapping[str, float], at: float) -> Event:
        """The event of a like that counts.

        Args:
            dist: the mix after this like.
        Raises:
            UnknownImpression: the ranking is unknown here, or did not show the film.
            SessionFull: the session holds `max_likes`.
        """
        credit = self.credit_of(ranking_id, movie_id)
        if len(self.likes) >= self.max_likes:
            raise SessionFull(
                f"a session may hold at most {self.max_likes} likes; "
                "reset it, or raise MAX_SESSION_LIKES",
                field="session_key",
            )
        payload = {
            "source": credit.source,
            "exposure": dict(credit.exposure),
            "dist": dict(dist),
        }
        return Event("liked", at, ranking_id, movie_id, payload)

    def credit_of(self, ranking_id: str, movie_id: str) -> Credit:
        """What a like of this film in this ranking would be credited to.

        Raises:
            UnknownImpression: the ranking is unknown here, or did not show the film.
        """
        ranking = self.rankings.get(ranking_id)
        if ranking is None:
            raise UnknownImpression(
                f"ranking_id must be of a ranking shown in this session, got "
                f"{shorten(ranking_id)!r}; ask GET /rec/ensemble for a new one",
                field="ranking_id",
                value=ranking_id,
            )
        source = ranking.source_of(movie_id)
        if source is None:
            raise UnknownImpression(
                f"movie_id must be a film that ranking {ranking_id} showed, got "
                f"{shorten(movie_id)!r}",
                field="movie_id",
                value=movie_id,
            )
        return Credit(source, ranking.exposure)

    def undo(self, at: float, undo_id: str = "") -> Event:
        """The event of taking back the last like.

        Args:
            undo_id: names this command, so that the same one sent again is known.
        Raises:
            NothingToUndo: there is no like.
        """
        if not self.likes:
            raise NothingToUndo("this session has no like to take back", field="session_key")
        last = self.likes[-1]
        return Event("undone", at, last.ranking_id, last.movie_id, {"undo_id": undo_id})

    # Changing the state

    def apply(self, event: Event) -> None:
        """Change the state by the event that comes next; unknown kinds are an error."""
        self.version += 1
        if event.kind == "ranked":
            self._apply_ranked(ranking_from(event))
        elif event.kind == "liked":
            self._weights.clear()
            self._apply_liked(event)
        elif event.kind == "undone":
            self._weights.clear()
            self._apply_undone(event)
        elif event.kind == "reset":
            self._clear()
        else:
            raise ValueError(f"kind must be ranked, liked, undone or reset, got {event.kind!r}")

    def _apply_ranked(self, ranking: Ranking) -> None:
        self._hold(ranking, self.version)
        self.current = ranking
        if all(like.movie_id != ranking.anchor_id for like in self.likes):
            self.starts[ranking.anchor_id] = None
        self.shown_after.setdefault(len(self.likes), ranking.shown())
        for source, slots in ranking.shown().items():
            self.shown_total[source] = self.shown_total.get(source, 0) + slots
        while len(self.starts) > self.max_rankings:
            del self.starts[next(iter(self.starts))]

    def _hold(self, ranking: Ranking, number: int) -> None:
        self.rankings[ranking.ranking_id] = ranking
        self._numbers[ranking.ranking_id] = number
        while len(self.rankings) > self.max_rankings:
            forgotten, _ = self.rankings.popitem(last=False)
            del self._numbers[forgotten]

    def _apply_liked(self, event: Event) -> None:
        like = Like(
            event.ranking_id,
            event.movie_id,
            event.payload["source"],
            event.payload["exposure"],
            event.payload["dist"],
            event.at,
        )
        # A like whose commit was in doubt may have been sent, and logged, again.
        if self.is_counted(like.ranking_id, like.movie_id):
            return
        self.likes.append(like)
        self._counted.add((like.ranking_id, like.movie_id))

    def _apply_undone(self, event: Event) -> None:
        like = self.counted_like(event.ranking_id, event.movie_id)
        if like is None:
            return
        self.likes.remove(like)
        self._counted.discard((like.ranking_id, like.movie_id))
        self.shown_after.pop(len(self.likes) + 1, None)
        self.current = self.rankings.get(like.ranking_id, self.current)
        self.undos[event.payload.get("undo_id", "")] = like
        while len(self.undos) > _KNOWN_UNDOS:
            self.undos.popitem(last=False)

    # Snapshots

    @property
    def rankings_from(self) -> int:
        """The number of the first event whose ranking is still held; the next one's if none is."""
        return min(self._numbers.values(), default=self.version + 1)

    def state(self) -> dict[str, Any]:
        """Everything but the rankings, as JSON holds it."""
        return {
            "likes": [_like_row(like) for like in self.likes],
            "starts": list(self.starts),
            "current": self.current.ranking_id if self.current else None,
            "shown_after": [[after, shown] for after, shown in self.shown_after.items()],
            "shown_total": self.shown_total,
            "undos": [[undo_id, _like_row(like)] for undo_id, like in self.undos.items()],
        }

    def events_held(self) -> list[tuple[int, Event]]:
        """The rankings still held as the events they came from, with their numbers."""
        return [(self._numbers[name], ranked(ranking)) for name, ranking in self.rankings.items()]

    def restore(
        self, version: int, state: Mapping[str, Any], rankings: list[tuple[int, Event]]
    ) -> None:
        """Become the session that `state` was taken of, after its event `version`.

        Args:
            rankings: the rankings it held, as `events_held` gives them, oldest first.
        """
        self._clear()
        self.version = version
        for number, event in rankings:
            self._hold(ranking_from(event), number)
        self.likes = [Like(*row) for row in state["likes"]]
        self._counted = {(like.ranking_id, like.movie_id) for like in self.likes}
        self.starts = dict.fromkeys(state["starts"])
        self.current = self.rankings.get(state["current"] or "")
        self.shown_after = dict(state["shown_after"])
        self.shown_total = dict(state["shown_total"])
        self.undos.update((undo_id, Like(*row)) for undo_id, row in state["undos"])


def _like_row(like: Like) -> list[Any]:
    return [
        like.ranking_id,
        like.movie_id,
        like.source,
        dict(like.exposure),
        dict(like.dist),
        like.at,
    ]
