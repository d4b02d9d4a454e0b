"""What travels with the events of a session into the log: their place, and what to count."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tally:
    """What a command was, for the ledger; likes stored and undone are counted from the events."""

    received: int = 0
    acknowledged: int = 0
    duplicates: int = 0
    refused: int = 0


NEW_LIKE = Tally(received=1, acknowledged=1)
KNOWN_LIKE = Tally(received=1, acknowledged=1, duplicates=1)
REFUSED_LIKE = Tally(received=1, refused=1)


@dataclass
class Stream:
    """The events of one session as one store continues them.

    Attributes:
        number: of the last event, appended or read.
        snapshot: number of the event that the last snapshot was taken after.
        failed: an append was not committed, so none that followed may be.
        first: number of the event that the first append relies on, until that is committed.
    """

    session_key: str
    number: int = 0
    snapshot: int = 0
    failed: bool = False
    first: int | None = field(init=False)

    def __post_init__(self) -> None:
        self.first = self.number
