"""Sessions in memory: the ones in use as they are, the idle ones packed, both bounded.

A session in use is dear: some hundred small objects a ranking. An idle one is packed to one
compressed text, a tenth or less of that, and taken apart again at its next command. What
leaves memory is in the log.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

from backend.impressions.event_log import Commit, Stream
from backend.impressions.records import Event
from backend.impressions.session import Session
from backend.settings import Settings

# Rankings of all sessions that are kept as they are: about 3 KB each.
_RANKINGS_IN_USE = 10_000
# Sessions looked at in one sweep, so that no command waits for many.
_MOST_SWEPT = 64
# Of an entry beside its text: key, tuple, place in the dict.
_OVERHEAD_BYTES = 350


@dataclass(eq=False)
class Entry:
    """One session in use, with the stream of its events and the commits under way.

    Attributes:
        used_at: last looked at or changed.
        known_at: last read from the log or changed, looking does not count; None until it is kept.
    """

    session: Session
    stream: Stream
    used_at: float = 0.0
    known_at: float | None = None
    commits: list[Commit] = field(default_factory=list)

    def pending(self) -> list[Commit]:
        """Commits that are not done."""
        self.commits = [commit for commit in self.commits if not commit.done()]
        return self.commits


@dataclass(frozen=True, slots=True)
class _Packed:
    text: bytes
    used_at: float
    known_at: float
    likes: int

    @property
    def size(self) -> int:
        return len(self.text) + _OVERHEAD_BYTES


class SessionCache:
    """Least recently used sessions leave first; those with a commit under way stay.

    Args:
        settings: `session_ttl_s`, `max_sessions_per_shard`, `session_memory_bytes`.
        clock: Unix time in seconds.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock
        self._used: OrderedDict[str, Entry] = OrderedDict()
        self._packed: OrderedDict[str, _Packed] = OrderedDict()
        self._weights: dict[str, int] = {}
        self._weight = 0
        self._packed_bytes = 0
        self._packed_likes = 0

    def __len__(self) -> int:
        return len(self._used) + len(self._packed)

    @property
    def likes(self) -> int:
        """Likes that the sessions in memory hold."""
        return self._packed_likes + sum(len(entry.session.likes) for entry in self._used.values())

    @property
    def packed_bytes(self) -> int:
        """Memory of the packed sessions, with what holding them takes."""
        return self._packed_bytes

    def new_session(self) -> Session:
        """An empty session with the limits of the settings."""
        return Session(self._settings.max_session_rankings, self._settings.max_session_likes)

    def get(self, session_key: str) -> Entry | None:
        """The session, now the last used; None when it is not in memory or was idle too long."""
        entry = self._used.get(session_key)
        if entry is not None and entry.stream.failed:
            # It holds what the log does not.
            self.drop(session_key, entry)
            entry = None
        if entry is None:
            packed = self._forget_packed(session_key)
            # However often it was looked at: the log may have been pruned meanwhile.
            if packed is None or packed.known_at < self._oldest():
                return None
            entry = self._unpack(session_key, packed)
        elif self._known_at(entry) < self._oldest() and not entry.pending():
            self.drop(session_key, entry)
            return None
        self.keep(session_key, entry)
        return entry

    def keep(self, session_key: str, entry: Entry, *, changed: bool = False) -> None:
        """Hold a session as the last used one.

        Args:
            changed: by events that go to the log.
        """
        if entry.stream.failed:
            return
        weight = 1 + len(entry.session.rankings)
        self._weight += weight - self._weights.get(session_key, 0)
        self._weights[session_key] = weight
        self._used[session_key] = entry
        self._used.move_to_end(session_key)
        entry.used_at = self._clock()
        if changed or entry.known_at is None:
            entry.known_at = entry.used_at

    def drop(self, session_key: str, entry: Entry) -> None:
        """Forget this entry; one that has taken its place stays."""
        if self._used.get(session_key) is entry:
            del self._used[session_key]
            self._weight -= self._weights.pop(session_key)

    def sweep(self) -> None:
        """Pack sessions beyond the limit of those in use, and let the oldest leave memory."""
        oldest = self._oldest()
        for session_key in list(_first(self._used, _MOST_SWEPT)):
            entry = self._used[session_key]
            idle = entry.used_at < oldest
            if not idle and self._weight <= _RANKINGS_IN_USE and not self._too_many():
                break
            if not entry.pending():
                self.drop(session_key, entry)
                if not idle:
                    self._pack(session_key, entry)
        for session_key in list(_first(self._packed, _MOST_SWEPT)):
            if (
                self._packed[session_key].used_at >= oldest
                and self._packed_bytes <= self._settings.session_memory_bytes
                and len(self) < self._settings.max_sessions_per_shard
            ):
                return
            self._forget_packed(session_key)

    def _too_many(self) -> bool:
        return not self._packed and len(self._used) >= self._settings.max_sessions_per_shard

    def _oldest(self) -> float:
        return self._clock() - float(self._settings.session_ttl_s)

    def _pack(self, session_key: str, entry: Entry) -> None:
        session, stream = entry.session, entry.stream
        held = [
            [number, event.at, event.ranking_id, event.movie_id, event.payload]
            for number, event in session.events_held()
        ]
        text = orjson.dumps([session.version, session.state(), held, stream.snapshot])
        packed = _Packed(
            zlib.compress(text, 1), entry.used_at, self._known_at(entry), len(session.likes)
        )
        self._packed[session_key] = packed
        self._packed_bytes += packed.size
        self._packed_likes += packed.likes

    def _forget_packed(self, session_key: str) -> _Packed | None:
        packed = self._packed.pop(session_key, None)
        if packed is not None:
            self._packed_bytes -= packed.size
            self._packed_likes -= packed.likes
        return packed

    def _unpack(self, session_key: str, packed: _Packed) -> Entry:
        version, state, held, snapshot = orjson.loads(zlib.decompress(packed.text))
        session = self.new_session()
        rankings = [(number, Event("ranked", *values)) for number, *values in held]
        session.restore(version, state, rankings)
        return Entry(session, Stream(session_key, version, snapshot), known_at=packed.known_at)

    @staticmethod
    def _known_at(entry: Entry) -> float:
        return entry.used_at if entry.known_at is None else entry.known_at


def _first(entries: OrderedDict[str, Entry] | OrderedDict[str, _Packed], most: int) -> list[str]:
    """The first keys, oldest first."""
    return [key for key, _ in zip(entries, range(most), strict=False)]
